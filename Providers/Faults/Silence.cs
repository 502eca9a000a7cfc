namespace Providers.Faults;

/// <summary>Ends a call when its provider was silent for too long. What the caller does between two pieces of a stream doesn't count.</summary>
internal sealed class Silence : IDisposable
{
    private readonly TimeSpan longest;
    private readonly CancellationToken caller;
    private readonly CancellationTokenSource timer;
    private readonly CancellationTokenSource either;

    public Silence(TimeSpan longest, TimeProvider time, CancellationToken caller)
    {
        (this.longest, this.caller) = (longest, caller);
        timer = new(Timeout.InfiniteTimeSpan, time);
        either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, caller);
    }

    /// <summary>Fires when it was silent for too long, or the caller has no more use for the answer.</summary>
    public CancellationToken Token => either.Token;

    public bool WasTooLong => timer.IsCancellationRequested;

    public bool CallerLeft => caller.IsCancellationRequested;

    public void Begin() => timer.CancelAfter(longest);

    public void End() => timer.CancelAfter(Timeout.InfiniteTimeSpan);

    /// <summary>What to throw when the caller has left: its own cancellation, not that of the token in between.</summary>
    public OperationCanceledException CallerLeaving() => new("The caller cancelled the call.", caller);

    public void Dispose()
    {
        either.Dispose();
        timer.Dispose();
    }
}
