namespace Queueing.Store;

/// <summary>A job that a worker session holds, with what it needs to run it.</summary>
internal sealed record ClaimedJob(
    Guid Id,
    Guid SessionId,
    short Attempt,
    short MaxAttempts,
    long Seq,
    string Queue,
    string Type,
    string Owner,
    string Args,
    string? TraceParent,
    TimeSpan Waited,
    long Rank,
    short Kills,
    DateTime StartedAt);
