[assembly: AssemblyFixture(typeof(Features.Tests.Media.MediaServers))]

namespace Features.Tests.Media;

/// <summary>One Postgres for the tests with files; each host has a database of its own.</summary>
public sealed class MediaServers : IAsyncLifetime
{
    private TestPostgres postgres = null!;

    public async ValueTask InitializeAsync() => postgres = await TestPostgres.StartAsync();

    internal async Task<MediaHost> StartAsync(params (string Name, string? Value)[] settings) =>
        await MediaHost.StartAsync(await postgres.CreateDatabaseAsync(), settings);

    public async ValueTask DisposeAsync() => await postgres.DisposeAsync();
}
