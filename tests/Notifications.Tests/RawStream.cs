using System.Net.Sockets;
using System.Text;

namespace Notifications.Tests;

/// <summary>A stream as bytes on a socket: for what an HTTP client hides, and for clients that don't behave.</summary>
internal sealed class RawStream : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };

    /// <summary>Asks for a stream; nothing is read yet.</summary>
    public static async Task<RawStream> OpenAsync(StreamHost host, Guid jobId)
    {
        var stream = new RawStream();
        var server = host.ClientOptions.BaseAddress;
        await stream.socket.ConnectAsync(server.Host, server.Port, TestContext.Current.CancellationToken);
        var request = $"GET /api/job-events?jobId={jobId} HTTP/1.1\r\nHost: {server.Authority}\r\nuser-id: test\r\n\r\n";
        await stream.socket.SendAsync(Encoding.ASCII.GetBytes(request), TestContext.Current.CancellationToken);
        return stream;
    }

    /// <returns>What was sent, up to and with a text; or all of it, when the other side ended first.</returns>
    public async Task<string> ReadUntilAsync(string text)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        var read = new StringBuilder();
        var buffer = new byte[4096];
        while (!read.ToString().Contains(text, StringComparison.Ordinal))
        {
            var count = await socket.ReceiveAsync(buffer, patience.Token);
            if (count == 0)
            {
                break;
            }

            read.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return read.ToString();
    }

    /// <summary>Leaves without a goodbye.</summary>
    public void Reset()
    {
        socket.LingerState = new(true, 0);
        socket.Close();
    }

    public void Dispose() => socket.Dispose();
}
