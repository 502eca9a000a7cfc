using System.Text;

namespace Notifications.Streams;

/// <summary>Writes Server-Sent Events (WHATWG HTML, section 9.2) to a response, each flushed as it is written.</summary>
internal sealed class SseWriter(HttpResponse response)
{
    public async Task StartAsync(TimeSpan retry, CancellationToken cancellationToken)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-transform";
        response.Headers["X-Accel-Buffering"] = "no";
        await WriteAsync($"retry: {(int)retry.TotalMilliseconds}\n\n", cancellationToken);
    }

    /// <param name="name">The event's name.</param>
    /// <param name="id">What a client that reconnects sends back.</param>
    /// <param name="json">The document, on one line.</param>
    /// <param name="cancellationToken">The client's connection.</param>
    public Task WriteEventAsync(string name, EventId id, string json, CancellationToken cancellationToken) =>
        WriteAsync($"event: {name}\nid: {id}\ndata: {json}\n\n", cancellationToken);

    /// <summary>A comment: nothing for the client, but proxies see that the stream is alive.</summary>
    public Task WriteHeartbeatAsync(CancellationToken cancellationToken) => WriteAsync(":\n\n", cancellationToken);

    private async Task WriteAsync(string text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text, Encoding.UTF8, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
