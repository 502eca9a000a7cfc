using System.Threading.Tasks.Sources;
using Queueing;

namespace Notifications.Streams;

/// <summary>
/// What waits to be written to one client, up to a bound. While the client is behind, progress and text are put together; what
/// doesn't fit then ends the stream, for the client to resume where it is.
/// </summary>
internal sealed class Inbox : IValueTaskSource
{
    private const int MostEvents = 256;
    private const int MostText = 512 * 1024;

    private readonly Lock gate = new();
    private List<Heard>? waiting;
    private Signals signals;
    private ManualResetValueTaskSourceCore<bool> ready = new() { RunContinuationsAsynchronously = true };
    private bool isAwaited;
    private int textLength;

    /// <summary>Whether the client is so far behind that its stream has to end.</summary>
    public bool IsTooSlow => signals.HasFlag(Signals.TooSlow);

    public void Add(JobEvent jobEvent) => Add(new Heard(jobEvent));

    public void Add(Heard heard)
    {
        lock (gate)
        {
            waiting ??= [];
            if (heard.Event.Name == JobEventName.Delta)
            {
                textLength += heard.Event.Offset - (heard.Event.TextBefore ?? 0);
            }

            if (waiting.Count > 0 && waiting[^1].With(heard) is { } both)
            {
                waiting[^1] = both;
            }
            else
            {
                waiting.Add(heard);
            }

            if (waiting.Count > MostEvents || textLength > MostText)
            {
                // What is left out would show as a hole; the client resumes, and is told all of it.
                waiting = null;
                signals |= Signals.TooSlow;
            }

            Wake();
        }
    }

    public void Signal(Signals signal)
    {
        lock (gate)
        {
            signals |= signal;
            Wake();
        }
    }

    /// <summary>Waits until there is something to take; one at a time, and without an allocation, for it is what streams do most.</summary>
    public ValueTask WaitAsync()
    {
        lock (gate)
        {
            if (signals != Signals.None || waiting is { Count: > 0 })
            {
                return default;
            }

            ready.Reset();
            isAwaited = true;
            return new(this, ready.Version);
        }
    }

    /// <returns>All that has come in since the last call.</returns>
    public (Signals Signals, IReadOnlyList<Heard> Events) Take()
    {
        lock (gate)
        {
            var taken = (signals, (IReadOnlyList<Heard>?)waiting ?? []);
            (waiting, signals, textLength) = (null, Signals.None, 0);
            return taken;
        }
    }

    void IValueTaskSource.GetResult(short token) => ready.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => ready.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        ready.OnCompleted(continuation, state, token, flags);

    private void Wake()
    {
        if (isAwaited)
        {
            isAwaited = false;
            ready.SetResult(true);
        }
    }
}
