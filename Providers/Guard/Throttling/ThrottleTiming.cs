namespace Providers.Guard.Throttling;

/// <summary>The times by which a throttle works. Only tests set them: a minute is long.</summary>
internal sealed record ThrottleTiming
{
    /// <summary>The provider's window.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// By which our window is longer than the provider's. Of two calls booked a window apart the first may reach the provider
    /// late and the second may not. Half of the margin is for lateness on our side: a call that leaves later than that is
    /// booked anew. The other half is for what nobody can see here: half a second is a new TLS connection to another continent
    /// on one call and none on the other. It costs 1.6 % of the limit.
    /// </summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The grain of the log. Calls of one slice leave the window together, at the time of its last: it costs up to 0.4 % of the limit,
    /// and a log has at most 265 slices however many calls a minute it counts.
    /// </summary>
    public TimeSpan Slice { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long the slot of a process that isn't heard of stays taken.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a process tells Redis what it has running, and learns what the fleet did.</summary>
    public TimeSpan Beat { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a call waits for Redis before it goes by this process's share.</summary>
    public TimeSpan RedisTimeout { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How long it waits for the first answer of all: connections are being made then, and a process that goes by its share before it
    /// knows of the others may take theirs.
    /// </summary>
    public TimeSpan FirstContact { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a process keeps to its share after Redis is back, beside what Redis says: by then the others have reconnected too and
    /// told what they did meanwhile.
    /// </summary>
    public TimeSpan Settling { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For how long Redis keeps the log of a provider that nobody calls.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long a call counts, in milliseconds.</summary>
    public long Span => (long)(Window + Margin).TotalMilliseconds;

    /// <summary>When a caller is told to come back, in milliseconds, where Redis is away and this process doesn't know how many others there are.</summary>
    public long UntilFleetIsKnown => (long)FirstContact.TotalMilliseconds;

    /// <summary>How much later than booked a call may leave, in milliseconds.</summary>
    public long Lateness => (long)(Margin / 2).TotalMilliseconds;

    /// <summary>The farthest that a refused caller is sent away: five windows.</summary>
    public long FurthestPromise => (long)(Window * 5).TotalMilliseconds;
}
