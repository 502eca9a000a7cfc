namespace Queueing.Store;

/// <summary>
/// An attempt that ended well, with its result and usage as JSON, the length of the text that it wrote, if any, and the job whose result it is,
/// if it is another's.
/// </summary>
internal sealed record CompletedAttempt(ClaimedJob Job, string? Result, string? Usage, int? TextLength, Guid? ReusedFrom = null);
