using Embedded.Postgres;
using Embedded.Processes;

namespace TestServers;

/// <summary>A real PostgreSQL server in a temporary folder, which a test can stop, kill and start again on its port.</summary>
public sealed class TestPostgres : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new("test-postgres-");
    private readonly int port = FreePort.Next();
    private readonly bool durable;
    private PostgresServer server = null!;
    private int databases;

    private TestPostgres(bool durable) => this.durable = durable;

    public int Port => port;

    /// <param name="durable">Whether what is committed is on the disk, as a server that is killed again and again should have it.</param>
    public static async Task<TestPostgres> StartAsync(bool durable = false)
    {
        var postgres = new TestPostgres(durable);
        await postgres.StartAgainAsync();
        return postgres;
    }

    /// <returns>The connection string of a new, empty database.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"test_{Interlocked.Increment(ref databases)}";
        await server.CreateDatabaseAsync(name);

        // Each host has its own pool: kept small, so that many of them fit into the server.
        return server.ConnectionString(name) + ";Maximum Pool Size=20;Timeout=5";
    }

    public async Task StartAgainAsync() => server = await PostgresServer.StartAsync(new()
    {
        DataFolder = Path.Combine(folder.Path, "data"),
        Durable = durable,
        Port = port,
        Password = "test",
        Settings = new Dictionary<string, string> { ["max_connections"] = "400" },
    });

    /// <summary>Ends it in the orderly way; clients are disconnected.</summary>
    public async Task StopAsync() => await server.DisposeAsync();

    /// <summary>Ends it without a goodbye.</summary>
    public async Task KillAsync()
    {
        server.Process.Kill();
        await server.Process.Exited;
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }
}
