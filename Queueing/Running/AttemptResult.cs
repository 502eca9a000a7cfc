namespace Queueing.Running;

/// <summary>How one attempt ended, as the worker sees it.</summary>
internal abstract record AttemptResult
{
    private AttemptResult()
    {
    }

    /// <summary>The work is done; its result and usage as JSON.</summary>
    public sealed record Done(string? Result, string? Usage) : AttemptResult;

    /// <summary>The work failed; a transient error is tried again while attempts are left.</summary>
    public sealed record Failed(JobError Error, string? Stack = null) : AttemptResult;

    /// <summary>The worker stops: the job goes back untried.</summary>
    public sealed record HandedBack : AttemptResult;

    /// <summary>Somebody else has the job now; nothing may be written.</summary>
    public sealed record LeaseLost : AttemptResult;
}
