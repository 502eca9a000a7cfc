namespace Providers.Guard.Throttling;

/// <summary>
/// Redis' clock as seen from here: its last answer, taken as given when the question was sent. It is fast by the time that the
/// question took, never slow; so what is put into the log by it counts a little longer than it must.
/// </summary>
internal sealed class FleetClock(ThrottleTiming timing)
{
    private readonly long slice = (long)timing.Slice.TotalMilliseconds;
    private long ahead = long.MinValue;

    public bool IsKnown => Interlocked.Read(ref ahead) != long.MinValue;

    public void Heard(long redisTime, long sentAt) => Interlocked.Exchange(ref ahead, redisTime - sentAt);

    public long ToRedis(long own) => own + Interlocked.Read(ref ahead);

    public long SliceOf(long own) => ToRedis(own) / slice;

    /// <returns>The end of the slice by this process's clock.</returns>
    public long EndOf(long index) => ((index + 1) * slice) - Interlocked.Read(ref ahead);
}
