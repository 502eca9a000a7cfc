namespace Queueing.Store;

/// <summary>An attempt that ended well, with its result and usage as JSON, and the length of the text that it wrote, if any.</summary>
internal sealed record CompletedAttempt(ClaimedJob Job, string? Result, string? Usage, int? TextLength);
