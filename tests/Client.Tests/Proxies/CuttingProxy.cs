using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Client.Tests;

/// <summary>Cuts each connection after some bytes of the server's answers, wherever in them that is.</summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> open = [];
    private readonly Uri server;
    private readonly Func<int?> nextCut;
    private readonly Task accepting;
    private int cuts;

    /// <param name="server">What is behind it.</param>
    /// <param name="nextCut">After how many bytes the next connection is cut; null is never.</param>
    public CuttingProxy(Uri server, Func<int?> nextCut)
    {
        (this.server, this.nextCut) = (server, nextCut);
        listener.Start();
        accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    public int Cuts => Volatile.Read(ref cuts);

    public int OpenConnections => open.Count;

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await accepting;
        foreach (var client in open.Keys)
        {
            client.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ForwardAsync(await listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ForwardAsync(TcpClient client)
    {
        open[client] = true;
        using var upstream = new TcpClient { NoDelay = true };
        try
        {
            client.NoDelay = true;
            await upstream.ConnectAsync(server.Host, server.Port);
            await Task.WhenAny(client.GetStream().CopyToAsync(upstream.GetStream()), ReturnAsync(upstream, client, nextCut()));
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Either side is gone, so the other goes.
        }
        finally
        {
            client.Dispose();
            open.TryRemove(client, out _);
        }
    }

    private async Task ReturnAsync(TcpClient from, TcpClient to, int? left)
    {
        var buffer = new byte[16 * 1024];
        while (await from.GetStream().ReadAsync(buffer) is > 0 and var length)
        {
            if (left <= length)
            {
                await to.GetStream().WriteAsync(buffer.AsMemory(0, left.Value));
                Interlocked.Increment(ref cuts);
                return;
            }

            await to.GetStream().WriteAsync(buffer.AsMemory(0, length));
            left -= length;
        }
    }
}
