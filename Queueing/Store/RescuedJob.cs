namespace Queueing.Store;

/// <summary>A job taken back from a worker session that is gone, the state it is in now and, failed, the error's JSON.</summary>
internal sealed record RescuedJob(Guid Id, string Queue, string Owner, string State, long Seq, int Attempt, string? Error);
