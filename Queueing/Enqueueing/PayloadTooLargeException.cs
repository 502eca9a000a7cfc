namespace Queueing;

/// <summary>A payload is larger than its queue takes.</summary>
public sealed class PayloadTooLargeException : EnqueueRefusedException
{
    internal PayloadTooLargeException(string type, int bytes, int limit)
        : base($"The payload of '{type}' has {bytes} bytes of JSON; at most {limit} are accepted.") => (Bytes, Limit) = (bytes, limit);

    /// <summary>The payload's size as UTF-8 JSON.</summary>
    public int Bytes { get; }

    /// <summary>The queue's limit (<see cref="JobQueueOptions.MaxPayloadBytes"/>).</summary>
    public int Limit { get; }
}
