using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Queueing.History.Tests.Proxies;

/// <summary>A way to the server on which things go wrong.</summary>
internal sealed class PostgresProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<ProxiedConnection, bool> connections = new();
    private readonly int serverPort;
    private readonly TimeProvider time;
    private readonly Task accepting;

    public PostgresProxy(int serverPort, TimeProvider time)
    {
        (this.serverPort, this.time) = (serverPort, time);
        listener.Start();
        accepting = AcceptAsync();
    }

    public ProxyFaults Faults { get; } = new();

    /// <returns>The connection string by way of the proxy.</returns>
    public string Through(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        Port = ((IPEndPoint)listener.LocalEndpoint).Port,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
        Timeout = 4,
        CommandTimeout = 4,
    }.ConnectionString;

    /// <summary>Cuts every connection.</summary>
    public void Cut()
    {
        foreach (var connection in connections.Keys)
        {
            connection.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                client.NoDelay = true;
                _ = RunAsync(new ProxiedConnection(client, Faults, time));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task RunAsync(ProxiedConnection connection)
    {
        connections[connection] = true;
        await connection.RunAsync(serverPort);
        connections.TryRemove(connection, out _);
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await accepting;
        Faults.Heal();
        Cut();
    }
}
