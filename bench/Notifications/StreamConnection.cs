using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Bench.Notifications;

/// <summary>One client's stream: a socket that is read as soon as something comes, and nothing more, so that 10,000 cost little.</summary>
internal sealed class StreamConnection(Guid jobId) : IDisposable
{
    private static readonly byte[] Sent = "\"message\":\""u8.ToArray();

    private Socket? socket;
    private string? lastId;

    /// <summary>Opens the stream, or resumes it, and hands what is reported on it to an action: how long it was under way.</summary>
    /// <returns>When the answer's first bytes are there.</returns>
    public async Task OpenAsync(int port, Action<TimeSpan> heard)
    {
        socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var resume = lastId is null ? "" : $"Last-Event-ID: {lastId}\r\n";
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /api/job-events?jobId={jobId} HTTP/1.1\r\nHost: localhost\r\nuser-id: bench\r\n{resume}\r\n"));
        var buffer = new byte[2048];
        var count = await socket.ReceiveAsync(buffer);
        if (!buffer.AsSpan(0, count).StartsWith("HTTP/1.1 200"u8))
        {
            throw new InvalidOperationException(Encoding.ASCII.GetString(buffer, 0, count));
        }

        _ = ReadAsync(socket, buffer, count, heard);
    }

    /// <summary>Leaves without a goodbye.</summary>
    public void Cut()
    {
        socket!.LingerState = new(true, 0);
        socket.Close();
    }

    public void Dispose() => socket?.Dispose();

    private async Task ReadAsync(Socket connected, byte[] buffer, int count, Action<TimeSpan> heard)
    {
        try
        {
            while (count > 0)
            {
                Read(buffer.AsSpan(0, count), heard);
                count = await connected.ReceiveAsync(buffer);
            }
        }
        catch (SocketException)
        {
            // Cut.
        }
        catch (ObjectDisposedException)
        {
            // Cut.
        }
    }

    // An event is small and comes in one piece on this machine.
    private void Read(ReadOnlySpan<byte> received, Action<TimeSpan> heard)
    {
        if (received.LastIndexOf("\nid: "u8) is >= 0 and var id)
        {
            var rest = received[(id + 5)..];
            lastId = Encoding.ASCII.GetString(rest[..Math.Max(0, rest.IndexOf((byte)'\n'))]);
        }

        if (received.IndexOf(Sent) is >= 0 and var at && Utf8Parser.TryParse(received[(at + Sent.Length)..], out long sent, out _))
        {
            heard(Stopwatch.GetElapsedTime(sent));
        }
    }
}
