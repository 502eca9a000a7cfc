namespace Queueing.Store;

/// <summary>A job that its session held without running it: waiting again, or cancelled.</summary>
internal sealed record ReleasedJob(Guid Id, string Owner, string State, long Seq);
