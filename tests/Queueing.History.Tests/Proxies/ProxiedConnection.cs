using System.Net;
using System.Net.Sockets;

namespace Queueing.History.Tests.Proxies;

/// <summary>One client's connection through the proxy.</summary>
internal sealed class ProxiedConnection(TcpClient client, ProxyFaults faults, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(5);

    private readonly TcpClient server = new() { NoDelay = true };
    private readonly WriteSpotter spotter = new();
    private volatile bool established;
    private volatile bool swallows;
    private volatile byte[]? heldBack;

    public async Task RunAsync(int port)
    {
        try
        {
            await faults.Open;
            await server.ConnectAsync(IPAddress.Loopback, port);
            var answers = ReturnAsync();
            await Task.WhenAny(ForwardAsync(), answers);
            client.Dispose();
            if (heldBack is { } request)
            {
                await DeliverLateAsync(request, answers);
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // Either side is gone, so the other goes.
        }

        Dispose();
    }

    /// <summary>Cuts it, on both sides.</summary>
    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
    }

    private async Task ForwardAsync()
    {
        try
        {
            var buffer = new byte[64 * 1024];
            while (await client.GetStream().ReadAsync(buffer) is > 0 and var length)
            {
                var piece = buffer.AsMemory(0, length);
                if (established && spotter.Writing(piece.Span) && !swallows)
                {
                    if (faults.TakesRequest())
                    {
                        heldBack = piece.ToArray();
                        return;
                    }

                    swallows = faults.TakesAnswer();
                }

                await PassAsync();
                await server.GetStream().WriteAsync(piece);
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The connection ends.
        }
    }

    private async Task ReturnAsync()
    {
        try
        {
            var buffer = new byte[64 * 1024];
            using var answer = new MemoryStream();
            while (await server.GetStream().ReadAsync(buffer) is > 0 and var length)
            {
                answer.Write(buffer, 0, length);
                var isReady = WireFormat.IsReady(Bytes(answer));
                if (swallows && !isReady)
                {
                    continue;
                }

                if (swallows && WireFormat.IsOutsideTransaction(Bytes(answer)))
                {
                    faults.CountSwallowed();
                    return;
                }

                await PassAsync();
                await client.GetStream().WriteAsync(answer.GetBuffer().AsMemory(0, (int)answer.Length));
                answer.SetLength(0);
                established |= isReady;
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            // The connection ends.
        }
    }

    // A network delivers what a client has sent, also when that has given up since. The answer goes nowhere.
    private async Task DeliverLateAsync(byte[] request, Task answers)
    {
        await Task.Delay(faults.Lateness, time);
        await server.GetStream().WriteAsync(request);
        faults.CountHeldBack();
        await answers.WaitAsync(AnswerTime, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task PassAsync()
    {
        if (faults.Latency > TimeSpan.Zero)
        {
            await Task.Delay(faults.Latency, time);
        }

        await faults.Open;
    }

    private static ReadOnlySpan<byte> Bytes(MemoryStream stream) => stream.GetBuffer().AsSpan(0, (int)stream.Length);

    private static bool IsEnd(Exception exception) =>
        exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException or OperationCanceledException;
}
