namespace Queueing;

/// <summary>How many workers there are, as this one's last heartbeat saw it.</summary>
public sealed class LiveWorkers
{
    private volatile int count = 1;

    /// <summary>The worker sessions that nobody has ended, this process's own among them: at least 1. One that was killed counts until its lease has run out.</summary>
    public int Count
    {
        get => count;
        internal set => count = Math.Max(1, value);
    }
}
