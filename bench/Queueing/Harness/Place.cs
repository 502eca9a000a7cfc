using Npgsql;
using StackExchange.Redis;
using TestServers;

namespace Bench.Queueing.Harness;

/// <summary>An empty database and an empty Redis, for one measurement of one contender.</summary>
internal sealed class Place(NpgsqlDataSource administration, string database, string postgres, TestRedis redis) : IAsyncDisposable
{
    public string Postgres => postgres;

    /// <summary>The same as a URL, as Node.js programs take it.</summary>
    public string PostgresUrl { get; } = Url(new NpgsqlConnectionStringBuilder(postgres));

    /// <summary>HOST:PORT</summary>
    public string Redis { get; } = ConfigurationOptions.Parse(redis.ConnectionString).EndPoints[0].ToString()!.Split('/')[^1];

    /// <summary>Writes to disk what was changed so far, so that it is not written while something is measured.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        await using var checkpoint = administration.CreateCommand("checkpoint");
        await checkpoint.ExecuteNonQueryAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await redis.DisposeAsync();
        await using var drop = administration.CreateCommand($"drop database {database} with (force)");
        await drop.ExecuteNonQueryAsync();
    }

    private static string Url(NpgsqlConnectionStringBuilder parts) =>
        $"postgres://{parts.Username}:{parts.Password}@{parts.Host}:{parts.Port}/{parts.Database}";
}
