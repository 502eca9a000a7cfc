namespace Queueing.Model.Tests.Binding;

/// <summary>One PostgreSQL server; each seed has a database of its own.</summary>
public sealed class StoreFixture : IAsyncLifetime
{
    private TestPostgres server = null!;

    public async ValueTask InitializeAsync() => server = await TestPostgres.StartAsync();

    public Task<string> CreateDatabaseAsync() => server.CreateDatabaseAsync();

    public async ValueTask DisposeAsync() => await server.DisposeAsync();
}
