[assembly: AssemblyFixture(typeof(Notifications.Tests.StreamServers))]

namespace Notifications.Tests;

/// <summary>One Postgres for all tests; each has a database, and a Redis, of its own.</summary>
public sealed class StreamServers : IAsyncLifetime
{
    private TestPostgres postgres = null!;

    public async ValueTask InitializeAsync() => postgres = await TestPostgres.StartAsync();

    public async ValueTask DisposeAsync() => await postgres.DisposeAsync();

    internal async Task<StreamHost> StartAsync(
        RedisKind kind = RedisKind.Garnet, string environment = "Development", Dictionary<string, string>? settings = null) =>
        await StreamHost.StartAsync(await postgres.CreateDatabaseAsync(), await TestRedis.StartAsync(kind), environment, settings ?? []);
}
