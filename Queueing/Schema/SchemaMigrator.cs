using Microsoft.Extensions.Logging;
using Npgsql;
using Queueing.Store;

namespace Queueing;

/// <summary>Brings a database to this version's schema: numbered files, each applied once, in order.</summary>
/// <remarks>
/// Safe to run from many processes at once: an advisory lock lets one through, and the others find nothing to do. Each
/// file and its mark are one transaction, so a cut leaves a whole number of files applied.
/// </remarks>
public sealed partial class SchemaMigrator(NpgsqlDataSource dataSource, ILogger<SchemaMigrator> logger)
{
    // Any constant serves, as long as nothing else in the database takes the same one.
    private const long AdvisoryLock = 0x4a6f_6273_4d69_6772;

    private const string Prefix = "Schema/";

    private static readonly (int Version, string Resource)[] Files =
    [
        .. typeof(SchemaMigrator).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => (int.Parse(name.AsSpan(Prefix.Length, 4)), name))
            .Order(),
    ];

    /// <summary>The schema version that this build writes and expects.</summary>
    public static int Version => Files[^1].Version;

    /// <exception cref="SchemaTooNewException">The database was migrated by a newer build.</exception>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, "select pg_advisory_lock($1)", cancellationToken, AdvisoryLock);
        try
        {
            await ExecuteAsync(
                connection,
                "create table if not exists schema_version (version integer primary key, applied_at timestamptz not null default now())",
                cancellationToken);
            var current = await ReadVersionAsync(connection, cancellationToken);
            if (current > Version)
            {
                throw new SchemaTooNewException(current, Version);
            }

            foreach (var (version, resource) in Files.Where(file => file.Version > current))
            {
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                await ExecuteAsync(connection, Sql.Read(resource), cancellationToken);
                await ExecuteAsync(connection, "insert into schema_version (version) values ($1)", cancellationToken, version);
                await transaction.CommitAsync(cancellationToken);
                LogApplied(resource);
            }
        }
        finally
        {
            // Not the caller's token: the connection goes back to a pool, where the lock would outlive this call.
            await ExecuteAsync(connection, "select pg_advisory_unlock($1)", CancellationToken.None, AdvisoryLock);
        }

        LogReady(Version);
    }

    private static async Task<int> ReadVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select coalesce(max(version), 0) from schema_version", connection);
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task ExecuteAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Applied {File}")]
    private partial void LogApplied(string file);

    [LoggerMessage(Level = LogLevel.Information, Message = "The database is at schema version {Version}")]
    private partial void LogReady(int version);
}
