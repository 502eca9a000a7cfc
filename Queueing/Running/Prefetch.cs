namespace Queueing.Running;

/// <summary>How many jobs of a queue to hold ready beyond those that run: as many as start within a short while.</summary>
/// <remarks>
/// For jobs of a second it is none: a job that waits in one worker while another is free waits for nothing. For jobs of a
/// hundred microseconds it is hundreds, so that a claim is not a round trip a job.
/// </remarks>
internal sealed class Prefetch(int slots)
{
    private const int Most = 1000;

    // What one claim and its answer may take on a busy server.
    private static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(20);

    private double averageSeconds = 1;

    /// <summary>Jobs to hold ready; from 0 to 1,000.</summary>
    public int Size => (int)Math.Min(Most, slots * Ahead.TotalSeconds / Volatile.Read(ref averageSeconds));

    /// <summary>A job ran for this long. A short one counts for a tenth, a long one at once: holding too few costs less than too many.</summary>
    public void Ran(TimeSpan elapsed)
    {
        var seconds = Math.Max(elapsed.TotalSeconds, 1e-6);
        var average = Volatile.Read(ref averageSeconds);
        Volatile.Write(ref averageSeconds, seconds > average ? Math.Max(seconds / 4, average) : average + ((seconds - average) / 10));
    }
}
