namespace Queueing.History.Tests.Recording;

/// <summary>What was asked.</summary>
internal sealed record JobRow(Guid Id, string Queue, string Token, Script Script, Guid? Follows, int MaxAttempts)
{
    /// <summary>Whether it came with the end of the job that it follows; else that job's handler enqueued it.</summary>
    public bool IsContinuation => Token.EndsWith(HistoryJobs.ContinuationSuffix, StringComparison.Ordinal);
}

/// <summary>How a job ended.</summary>
internal sealed record OutcomeRow(
    Guid JobId, string Queue, string State, int Attempt, string? Error, AttemptMark? Result, DateTimeOffset FinishedAt);

/// <summary>A job that still has to be done.</summary>
internal sealed record ReadyRow(Guid JobId, string Queue, string State);

/// <summary>Why an attempt failed.</summary>
internal sealed record FailureRow(Guid JobId, int Attempt, string Error);

/// <summary>What a handler wrote in its outcome's transaction.</summary>
internal sealed record EffectRow(Guid JobId, int Attempt);
