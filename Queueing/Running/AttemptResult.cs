namespace Queueing.Running;

/// <summary>How one attempt ended, as the worker sees it.</summary>
internal abstract record AttemptResult
{
    private AttemptResult()
    {
    }

    /// <summary>What the handler writes in the transaction that records this.</summary>
    public Func<JobTransaction, CancellationToken, Task>? InTransaction { get; init; }

    /// <summary>The work is done; its result and usage as JSON, and the job that did it, if it was another.</summary>
    public sealed record Done(string? Result, string? Usage, Guid? ReusedFrom = null) : AttemptResult;

    /// <summary>The work failed; a transient error is tried again while attempts are left, after the delay or the type's backoff.</summary>
    public sealed record Failed(JobError Error, string? Stack = null, TimeSpan? Delay = null) : AttemptResult;

    /// <summary>Untried: the job goes back, at once when the worker stops, later when the handler asked for it, for its reason.</summary>
    public sealed record HandedBack(TimeSpan Delay, string? Reason = null) : AttemptResult;

    /// <summary>Somebody, or the handler itself, called the job off.</summary>
    public sealed record Cancelled(JobError? Reason = null) : AttemptResult;

    /// <summary>Somebody else has the job now; nothing may be written.</summary>
    public sealed record LeaseLost : AttemptResult;
}
