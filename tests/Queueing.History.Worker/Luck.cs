namespace Queueing.History.Worker;

/// <summary>Numbers that depend on the job and its attempt alone, so that a run can be planned.</summary>
internal readonly struct Luck(int seed, int attempt)
{
    /// <summary>At least <paramref name="low"/>, less than <paramref name="high"/>.</summary>
    public TimeSpan Milliseconds(int low, int high) => TimeSpan.FromMilliseconds(low + (Draw(1) % (uint)(high - low)));

    public bool OneIn(int odds) => Draw(2) % (uint)odds == 0;

    // The finaliser of MurmurHash3: neighbouring seeds give unrelated numbers.
    private uint Draw(uint purpose)
    {
        var hash = ((uint)seed * 31) + ((uint)attempt * 7) + purpose;
        hash = (hash ^ (hash >> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >> 13)) * 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }
}
