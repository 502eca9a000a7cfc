namespace Queueing;

/// <summary>How long a job waits after a failed attempt.</summary>
/// <remarks>
/// Exponential waits use full jitter (Marc Brooker, "Exponential Backoff and Jitter", 2015): a uniformly random time
/// between zero and the exponential bound, so that jobs that failed together don't come back together.
/// </remarks>
public abstract record Backoff
{
    private Backoff()
    {
    }

    /// <summary>Full jitter below <paramref name="first"/> · 2^(attempt − 1), at most <paramref name="longest"/>.</summary>
    public static Backoff Exponential(TimeSpan first, TimeSpan longest) => new ExponentialBackoff(Positive(first), Positive(longest));

    /// <summary>Always <paramref name="delay"/>.</summary>
    public static Backoff Fixed(TimeSpan delay) => new FixedBackoff(Positive(delay));

    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="random">Uniform in [0, 1).</param>
    internal abstract TimeSpan Delay(int attempt, double random);

    private static TimeSpan Positive(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        return value;
    }

    private sealed record ExponentialBackoff(TimeSpan First, TimeSpan Longest) : Backoff
    {
        // Doubling stops at 2^30, far past any bound that makes sense, so that the product can't overflow.
        internal override TimeSpan Delay(int attempt, double random) =>
            Min(First * Math.Pow(2, Math.Clamp(attempt - 1, 0, 30)), Longest) * random;

        private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
    }

    private sealed record FixedBackoff(TimeSpan Wait) : Backoff
    {
        internal override TimeSpan Delay(int attempt, double random) => Wait;
    }
}
