namespace Queueing;

/// <summary>As many jobs wait in the queue as it may hold.</summary>
public sealed class QueueFullException : EnqueueRefusedException
{
    internal QueueFullException(string queue, long limit, TimeSpan retryAfter)
        : base($"The queue '{queue}' holds {limit} waiting jobs, as many as it may. Try again in {retryAfter.TotalSeconds:0} s.") =>
        (Queue, Limit, RetryAfter) = (queue, limit, retryAfter);

    /// <summary>The queue.</summary>
    public string Queue { get; }

    /// <summary>Its limit (<see cref="JobQueueOptions.MaxDepth"/>).</summary>
    public long Limit { get; }

    /// <summary>When there may be room, judged by how fast the queue was served lately: 1 to 60 s.</summary>
    public TimeSpan RetryAfter { get; }
}
