namespace Queueing;

/// <summary>How an attempt ended, as a handler says it.</summary>
public abstract record JobOutcome
{
    private JobOutcome()
    {
    }

    /// <summary>
    /// Called in the transaction that records this outcome, after the lease was checked: what it writes, and the jobs it
    /// enqueues, are committed exactly when the outcome is. It may be called again when the database was cut off, so it does
    /// nothing but write there. If it throws, nothing is recorded and the attempt has failed. Not called when the lease was lost.
    /// </summary>
    public Func<JobTransaction, CancellationToken, Task>? InTransaction { get; init; }

    /// <summary>The work is done.</summary>
    /// <param name="Result">What clients get, written as JSON by its runtime type; null for nothing.</param>
    /// <param name="Usage">What the work used of a provider; null for what <see cref="JobContext.AddUsage"/> was told.</param>
    public sealed record Completed(object? Result = null, JobUsage? Usage = null) : JobOutcome;

    /// <summary>Another job of the same content has done the work.</summary>
    internal sealed record Taken(Guid From, string? Result) : JobOutcome;

    /// <summary>The work can't be done, and another attempt would not help.</summary>
    /// <param name="Type">A stable word for programs, for instance "no-usable-content".</param>
    /// <param name="Message">A sentence for people. Clients see it: no secrets, no text of the payload.</param>
    public sealed record Failed(string Type, string Message) : JobOutcome;

    /// <summary>The attempt failed, and another may help after a while. Out of attempts, the job has failed.</summary>
    /// <param name="Delay">How long to wait, for instance what a provider's Retry-After said; the type's backoff when null.</param>
    /// <param name="Type">A stable word for programs, for instance "rate-limited".</param>
    /// <param name="Message">A sentence for people. Clients see it: no secrets, no text of the payload.</param>
    public sealed record RetryAfter(TimeSpan? Delay, string Type, string Message) : JobOutcome;

    /// <summary>Nothing was done yet, because something isn't there yet. The job waits, and no attempt is counted.</summary>
    /// <param name="Delay">How long; at least a millisecond.</param>
    /// <param name="Reason">A stable word for what it waits for, by which <see cref="JobControl.WakeSnoozedAsync"/> ends the wait early; null for none.</param>
    public sealed record SnoozeFor(TimeSpan Delay, string? Reason = null) : JobOutcome;

    /// <summary>The work isn't needed any more: the job ends as cancelled.</summary>
    /// <param name="Reason">A sentence for people.</param>
    public sealed record Discard(string Reason) : JobOutcome;
}
