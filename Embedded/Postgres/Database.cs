using Npgsql;

namespace Embedded.Postgres;

internal static class Database
{
    /// <summary>Creates the database; one that a kept data folder already has stays as it is.</summary>
    public static async Task EnsureAsync(string serverConnectionString, string name, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(serverConnectionString) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var create = connection.CreateCommand();
        using var quoting = new NpgsqlCommandBuilder();
        create.CommandText = $"create database {quoting.QuoteIdentifier(name)}";
        try
        {
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.DuplicateDatabase)
        {
        }
    }
}
