namespace Embedded.Hosting;

/// <summary>How long to wait before a crashed process starts again: half a second, doubling to 30 s; a life of 30 s begins anew.</summary>
internal sealed class Backoff(TimeProvider time)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private TimeSpan next = First;

    public TimeSpan After(long started)
    {
        if (time.GetElapsedTime(started) >= Longest)
        {
            next = First;
        }
        var delay = next;
        next = next * 2 < Longest ? next * 2 : Longest;
        return delay;
    }
}
