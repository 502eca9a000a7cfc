namespace Queueing;

/// <summary>The idempotency key was used within the last day for another payload.</summary>
public sealed class IdempotencyConflictException : EnqueueRefusedException
{
    internal IdempotencyConflictException(string key, Guid jobId)
        : base($"The idempotency key '{key}' stands for a job with another payload.") => (Key, JobId) = (key, jobId);

    /// <summary>The key.</summary>
    public string Key { get; }

    /// <summary>The job that has the key.</summary>
    public Guid JobId { get; }
}
