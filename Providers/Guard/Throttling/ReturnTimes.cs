namespace Providers.Guard.Throttling;

/// <summary>When refused callers are told to come back, as in <c>Reserve.lua</c>: those that are refused together one after the other.</summary>
internal sealed class ReturnTimes(ThrottleOptions limits)
{
    private readonly ThrottleTiming timing = limits.Timing;
    private double next;

    /// <param name="now">By this process's clock.</param>
    /// <param name="earliest">When there may be room.</param>
    /// <param name="pace">How far apart calls follow each other.</param>
    /// <returns>In how many milliseconds.</returns>
    public long Next(long now, long earliest, double pace)
    {
        var time = Math.Max(next, earliest);
        time = time > now + timing.FurthestPromise ? earliest : time;
        next = time + (0.9 * pace);
        return (long)Math.Ceiling(time - now);
    }

    /// <summary>How far apart the limits let calls of this size follow each other.</summary>
    public double PaceOf(long tokens) => Math.Max(
        limits.RequestsPerMinute is { } requests ? (double)timing.Span / requests : 0,
        limits.TokensPerMinute is { } most ? (double)timing.Span * tokens / most : 0);
}
