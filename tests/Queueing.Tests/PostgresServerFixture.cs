[assembly: AssemblyFixture(typeof(Queueing.Tests.PostgresServerFixture))]

namespace Queueing.Tests;

/// <summary>One PostgreSQL server for all tests that don't break it; each test has a database of its own.</summary>
public sealed class PostgresServerFixture : IAsyncLifetime
{
    private TestPostgres server = null!;

    public async ValueTask InitializeAsync() => server = await TestPostgres.StartAsync();

    public Task<string> CreateDatabaseAsync() => server.CreateDatabaseAsync();

    public async ValueTask DisposeAsync() => await server.DisposeAsync();
}
