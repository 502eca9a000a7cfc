using System.Diagnostics;
using Queueing;

namespace Notifications.Streams;

/// <summary>One client's connection, from its answer's first byte to its end.</summary>
internal sealed class OpenStream(
    HttpContext context, DateTimeOffset endsAt, StreamOptions options, TimeProvider time, Action<OpenStream> closed) : IDisposable
{
    public const string SourceName = "Notifications";

    private static readonly ActivitySource Source = new(SourceName);

    // For a client that doesn't even read the end.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SseWriter writer = new(context.Response);
    private long writtenAt = time.GetTimestamp();
    private long endsAtTicks = endsAt.UtcTicks;

    /// <summary>What waits to be written.</summary>
    public Inbox Inbox { get; } = new();

    /// <summary>Writes the headers and the first bytes, so that the client knows that it is connected.</summary>
    public ValueTask StartAsync(CancellationToken cancellationToken)
    {
        writer.Start(Jitter.Around(options.Retry, 0.5));
        return FlushAsync(cancellationToken);
    }

    public void Write(JobEvent jobEvent, string id)
    {
        using var activity = Source.HasListeners() && ActivityContext.TryParse(jobEvent.TraceParent, null, true, out var parent)
            ? Source.StartActivity($"deliver {jobEvent.Name}", ActivityKind.Consumer, parent)
            : null;
        writer.WriteEvent(jobEvent.Name, id, jobEvent.Data.GetRawText());
    }

    /// <summary>Does what signals ask for.</summary>
    /// <returns>Whether the stream ends.</returns>
    public async ValueTask<bool> EndsAsync(Signals signals, OpenStreams all, CancellationToken cancellationToken)
    {
        if (signals.HasFlag(Signals.Stopping))
        {
            writer.WriteRetry(all.Spread());
            await FlushAsync(cancellationToken);
        }
        else if (signals == Signals.Heartbeat)
        {
            writer.WriteHeartbeat();
            await FlushAsync(cancellationToken);
        }

        return (signals & Signals.Ends) != Signals.None;
    }

    /// <summary>Sends what was written.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await writer.FlushAsync(cancellationToken);
        Volatile.Write(ref writtenAt, time.GetTimestamp());
    }

    /// <summary>Wakes the stream where something is due.</summary>
    public void Sweep(DateTimeOffset now)
    {
        var ends = new DateTimeOffset(Volatile.Read(ref endsAtTicks), TimeSpan.Zero);
        if (now >= ends + Patience)
        {
            context.Abort();
        }
        else if (now >= ends)
        {
            Inbox.Signal(Signals.Over);
        }
        else if (Inbox.IsTooSlow)
        {
            Volatile.Write(ref endsAtTicks, now.UtcTicks);
        }
        else if (time.GetElapsedTime(Volatile.Read(ref writtenAt)) >= options.Heartbeat)
        {
            Inbox.Signal(Signals.Heartbeat);
        }
    }

    public void Dispose() => closed(this);
}
