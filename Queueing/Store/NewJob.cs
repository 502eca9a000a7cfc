namespace Queueing.Store;

/// <summary>A job about to be inserted.</summary>
internal sealed record NewJob(
    Guid Id,
    JobType Type,
    string Owner,
    string Args,
    string? TraceParent,
    short Priority,
    TimeSpan Delay);
