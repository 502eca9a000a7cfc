namespace AspireJobs.Client.Following;

/// <summary>How long to wait after failures in a row: full jitter, so that clients that failed together don't come back together.</summary>
internal sealed class Backoff(TimeSpan max, Random random)
{
    // No loop without a pause, whatever a server says.
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(100);

    private int failures;

    /// <summary>The wait after an orderly end, and the limit of the first one after a failure.</summary>
    public TimeSpan Retry
    {
        get;
        set => field = value < Least ? Least : value;
    } = TimeSpan.FromSeconds(2);

    /// <summary>Whether something failed since the last success.</summary>
    public bool IsFailing => failures > 0;

    /// <returns>The wait after one more failure.</returns>
    public TimeSpan Next()
    {
        var limit = Math.Min(max.TotalSeconds, Retry.TotalSeconds * Math.Pow(2, failures++));
        return TimeSpan.FromSeconds(limit * random.NextDouble());
    }

    public void Succeed() => failures = 0;
}
