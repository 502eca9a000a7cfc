namespace Providers.Guard.Breaking;

/// <summary>Calls of the last window, in ten buckets, as <c>Circuit.lua</c> counts them for the fleet.</summary>
internal sealed class CallCounts(TimeSpan window)
{
    private const int Buckets = 10;

    private readonly double bucketLength = window.TotalMilliseconds / Buckets;
    private readonly (long Bucket, int Successes, int Failures)[] ring = new (long, int, int)[Buckets];

    public void Add(long now, bool failed)
    {
        var bucket = (long)(now / bucketLength);
        ref var entry = ref ring[bucket % Buckets];
        if (entry.Bucket != bucket)
        {
            entry = (bucket, 0, 0);
        }

        entry = failed ? entry with { Failures = entry.Failures + 1 } : entry with { Successes = entry.Successes + 1 };
    }

    public (int All, int Failures) Sum(long now)
    {
        var oldest = (long)(now / bucketLength) - Buckets + 1;
        var (all, failures) = (0, 0);
        foreach (var entry in ring)
        {
            if (entry.Bucket >= oldest)
            {
                (all, failures) = (all + entry.Successes + entry.Failures, failures + entry.Failures);
            }
        }

        return (all, failures);
    }

    public void Clear() => Array.Clear(ring);
}
