using System.Net;
using System.Net.ServerSentEvents;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace AspireJobs.Client.Following;

/// <summary>Reads an event stream into a channel, over as many connections as it takes.</summary>
internal sealed partial class EventPump(
    HttpClient http, string url, string? lastEventId, Silence silence, JobClientOptions options, TimeProvider time, ILogger logger)
{
    // A follower that is slower than the stream makes the server wait, or drop it: both are better than a growing heap.
    private const int Capacity = 64;

    private const string EventStream = "text/event-stream";

    private readonly Channel<SseItem<string>> events = Channel.CreateBounded<SseItem<string>>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, SingleWriter = true });

    private readonly Backoff backoff = new(options.MaxBackoff, Random.Shared);

    /// <summary>Completes when there is nothing more to come; with an exception when it can't.</summary>
    public ChannelReader<SseItem<string>> Events => events.Reader;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (await ReadAsync(cancellationToken) is { } pause)
            {
                await Task.Delay(pause, time, cancellationToken);
            }

            events.Writer.TryComplete();
        }
        catch (Exception exception) // Whatever it is, it is the follower's.
        {
            events.Writer.TryComplete(exception);
        }
    }

    /// <returns>When to come back; null for never.</returns>
    private async Task<TimeSpan?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ReadOnceAsync(cancellationToken) ? backoff.Retry : null;
        }
        catch (Exception exception) when (exception.MayPass() && !cancellationToken.IsCancellationRequested)
        {
            var isFirst = !backoff.IsFailing;
            var pause = backoff.Next();
            pause = (exception as JobRefusedException)?.RetryAfter ?? pause;
            if (isFirst)
            {
                LogFailed(url, exception.Reason());
            }

            return pause;
        }
    }

    /// <returns>False when the server has nothing more to tell.</returns>
    private async Task<bool> ReadOnceAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.SilenceLimit, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Accept.Add(new(EventStream));
        if (lastEventId is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        }

        silence.Listen();
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ended.Token);
        if (response.StatusCode == HttpStatusCode.NoContent)
        {
            return false;
        }

        await response.ThrowIfRefusedAsync(time, ended.Token);
        if (response.Content.Headers.ContentType?.MediaType != EventStream)
        {
            throw new HttpRequestException("Something other than the API answered.", inner: null, response.StatusCode);
        }

        await using var stream = new WatchedStream(await response.Content.ReadAsStreamAsync(ended.Token), silence, options.SilenceLimit, patience);
        var parser = SseParser.Create(stream);
        try
        {
            await foreach (var item in parser.EnumerateAsync(ended.Token))
            {
                backoff.Succeed();
                await events.Writer.WriteAsync(item, cancellationToken);

                // A gap belongs to the snapshot after it: whoever has only the gap must be told both again.
                lastEventId = item.EventType == EventName.Gap ? lastEventId : item.EventId ?? lastEventId;
            }
        }
        finally
        {
            backoff.Retry = parser.ReconnectionInterval > TimeSpan.Zero ? parser.ReconnectionInterval : backoff.Retry;
        }

        return true;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The event stream {Url} failed ({Reason}); it is tried again until it is heard")]
    private partial void LogFailed(string url, string reason);
}
