using Embedded.Postgres;
using Npgsql;
using TestServers;

namespace Bench.Queueing.Harness;

/// <summary>The servers that the contenders are measured on: one PostgreSQL for the run, and a new Redis for each measurement.</summary>
internal sealed class Servers : IAsyncDisposable
{
    private readonly PostgresServer postgres;
    private readonly NpgsqlDataSource administration;
    private int places;

    private Servers(PostgresServer postgres)
    {
        this.postgres = postgres;
        administration = NpgsqlDataSource.Create(postgres.ConnectionString());
    }

    public static async Task<Servers> StartAsync(CancellationToken cancellationToken) => new(await PostgresServer.StartAsync(
        new()
        {
            Durable = true,
            Settings = new Dictionary<string, string> { ["max_connections"] = "300" },
        },
        cancellationToken));

    /// <returns>An empty database and an empty Redis.</returns>
    public async Task<Place> OpenAsync(CancellationToken cancellationToken)
    {
        var database = $"bench_{++places}";
        await postgres.CreateDatabaseAsync(database, cancellationToken);
        var place = new Place(administration, database, postgres.ConnectionString(database), await TestRedis.StartAsync(RedisKind.Redis));
        await place.SettleAsync(cancellationToken);
        return place;
    }

    /// <summary>What the server says of itself.</summary>
    public async Task<string> SettingAsync(string name, CancellationToken cancellationToken)
    {
        await using var command = administration.CreateCommand("select current_setting($1)");
        command.Parameters.Add(new() { Value = name });
        return (string)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async ValueTask DisposeAsync()
    {
        await administration.DisposeAsync();
        await postgres.DisposeAsync();
    }
}
