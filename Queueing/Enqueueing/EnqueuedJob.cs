namespace Queueing;

/// <summary>An accepted job.</summary>
/// <param name="JobId">Its id: a UUID of version 7.</param>
/// <param name="Replayed">Whether an earlier call with the same idempotency key had enqueued it.</param>
public readonly record struct EnqueuedJob(Guid JobId, bool Replayed = false);
