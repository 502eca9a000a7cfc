namespace Queueing.Store;

/// <summary>An attempt that ended well, with its result and usage as JSON.</summary>
internal sealed record CompletedAttempt(ClaimedJob Job, string? Result, string? Usage);
