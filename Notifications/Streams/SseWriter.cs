using System.Globalization;
using System.Text;

namespace Notifications.Streams;

/// <summary>Writes Server-Sent Events (WHATWG HTML, section 9.2) to a response.</summary>
internal sealed class SseWriter(HttpResponse response)
{
    public void Start(TimeSpan retry)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-transform";
        response.Headers["X-Accel-Buffering"] = "no";
        WriteRetry(retry);
    }

    /// <summary>After which time a client that lost the stream comes back.</summary>
    public void WriteRetry(TimeSpan retry) => Write(string.Create(CultureInfo.InvariantCulture, $"retry: {(long)retry.TotalMilliseconds}\n\n"));

    /// <param name="name">The event's name.</param>
    /// <param name="id">What a client that reconnects sends back.</param>
    /// <param name="json">The document, on one line.</param>
    public void WriteEvent(string name, string id, string json) => Write($"event: {name}\nid: {id}\ndata: {json}\n\n");

    /// <summary>A comment: nothing for the client, but proxies see that the stream is alive.</summary>
    public void WriteHeartbeat() => Write(":\n\n");

    /// <summary>Sends what was written, and waits for a client that is behind.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken) => await response.BodyWriter.FlushAsync(cancellationToken);

    private void Write(string text) => Encoding.UTF8.GetBytes(text, response.BodyWriter);
}
