[assembly: AssemblyFixture(typeof(Providers.Tests.PostgresServerFixture))]

namespace Providers.Tests;

/// <summary>One PostgreSQL server for all tests; each has a database of its own.</summary>
public sealed class PostgresServerFixture : IAsyncLifetime
{
    private TestPostgres server = null!;

    public async ValueTask InitializeAsync() => server = await TestPostgres.StartAsync();

    public Task<string> CreateDatabaseAsync() => server.CreateDatabaseAsync();

    public async ValueTask DisposeAsync() => await server.DisposeAsync();
}
