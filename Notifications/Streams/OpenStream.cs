using System.Diagnostics;
using Npgsql;

namespace Notifications.Streams;

/// <summary>One client's connection, from before its answer's first byte to its end.</summary>
internal sealed class OpenStream(
    HttpContext context, IDisposable place, DateTimeOffset endsAt, OpenStreams all, StreamOptions options, TimeProvider time) : IDisposable
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

    /// <summary>What the client follows.</summary>
    public IFollowed? Followed { get; set; }

    /// <summary>Whether the client was told that it is connected.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Writes the headers and what the client is told first.</summary>
    public async ValueTask BeginAsync(IReadOnlyList<Heard> told, CancellationToken cancellationToken)
    {
        HasBegun = true;
        writer.Start(Jitter.Around(options.Retry, 0.5));
        Write(told);
        await FlushAsync(cancellationToken);
    }

    /// <summary>Tells the client what happens, to the end.</summary>
    public async Task FollowAsync()
    {
        var gone = context.RequestAborted;
        await using var leaving = gone.UnsafeRegister(static inbox => ((Inbox)inbox!).Signal(Signals.Gone), Inbox);
        try
        {
            var signals = Signals.None;
            while ((signals & Signals.Ends) == Signals.None && Followed is { IsFinal: false })
            {
                await Inbox.WaitAsync();
                signals = await TellAsync(gone);
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The client left.
        }
        catch (NpgsqlException)
        {
            // The stream can't be told to its end; the client comes back with the id of the last event that it has.
        }
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

    public void Dispose()
    {
        Followed?.Dispose();
        place.Dispose();
        all.Close(this);
    }

    // A method of its own, so that what it told is let go while the stream waits.
    private async ValueTask<Signals> TellAsync(CancellationToken gone)
    {
        var (signals, events) = Inbox.Take();
        var told = await Followed!.TellAsync(signals, events, gone);
        Write(told);
        if (signals.HasFlag(Signals.Stopping))
        {
            writer.WriteRetry(all.Spread());
        }
        else if (signals == Signals.Heartbeat)
        {
            writer.WriteHeartbeat();
        }
        else if (told.Count == 0)
        {
            return signals;
        }

        await FlushAsync(gone);
        return signals;
    }

    private void Write(IReadOnlyList<Heard> told)
    {
        foreach (var heard in told)
        {
            using var activity = Source.HasListeners() && ActivityContext.TryParse(heard.Event.TraceParent, null, true, out var parent)
                ? Source.StartActivity($"deliver {heard.Event.Name}", ActivityKind.Consumer, parent)
                : null;
            writer.WriteEvent(heard.Event.Name, heard.ToldId, heard.Event.Data.GetRawText());
        }
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await writer.FlushAsync(cancellationToken);
        Volatile.Write(ref writtenAt, time.GetTimestamp());
    }
}
