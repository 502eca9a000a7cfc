namespace Queueing;

/// <summary>How many workers there are, as this one's last heartbeat saw it.</summary>
public sealed class LiveWorkers
{
    private volatile int count;

    /// <summary>
    /// The worker sessions that nobody has ended, this process's own among them. One that was killed counts until its lease has run out.
    /// Null before the first heartbeat: workers that start together don't see each other at once.
    /// </summary>
    public int? Count
    {
        get => count is var known and > 0 ? known : null;
        internal set => count = value ?? 0;
    }
}
