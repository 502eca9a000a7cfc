[assembly: AssemblyFixture(typeof(Api.Tests.ApiServers))]

namespace Api.Tests;

/// <summary>One Postgres and one Redis for the tests that don't break them; each API has a database of its own.</summary>
public sealed class ApiServers : IAsyncLifetime
{
    private TestPostgres postgres = null!;
    private TestRedis redis = null!;

    public async ValueTask InitializeAsync()
    {
        postgres = await TestPostgres.StartAsync();
        redis = await TestRedis.StartAsync(RedisKind.Garnet);
    }

    public async ValueTask DisposeAsync()
    {
        await redis.DisposeAsync();
        await postgres.DisposeAsync();
    }

    internal async Task<ApiHost> StartApiAsync(string environment = "Development", Dictionary<string, string>? settings = null) =>
        await ApiHost.CreateAsync(await postgres.CreateDatabaseAsync(), redis.ConnectionString, environment, settings);

    /// <summary>Two processes' worth of the API on one database.</summary>
    internal async Task<(ApiHost One, ApiHost Other)> StartTwoAsync()
    {
        var database = await postgres.CreateDatabaseAsync();
        return (await ApiHost.CreateAsync(database, redis.ConnectionString), await ApiHost.CreateAsync(database, redis.ConnectionString));
    }

    /// <summary>The API with a worker beside it.</summary>
    internal async Task<ApiHost> StartBothAsync()
    {
        var api = await StartApiAsync();
        await api.StartWorkerAsync();
        return api;
    }
}
