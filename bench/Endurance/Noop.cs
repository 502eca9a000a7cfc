using System.Diagnostics;
using Queueing;

namespace Bench.Endurance;

/// <summary>A payload of about 200 bytes that knows when it was sent.</summary>
internal sealed record Noop(long SentAt, string Text);

/// <summary>Counts jobs and keeps the time that each took from being sent to being begun.</summary>
internal sealed class Arrivals
{
    private readonly Lock gate = new();
    private List<double> milliseconds = [];
    private long count;

    public long Count => Volatile.Read(ref count);

    public void Add(long sentAt)
    {
        Interlocked.Increment(ref count);
        lock (gate)
        {
            milliseconds.Add(Stopwatch.GetElapsedTime(sentAt).TotalMilliseconds);
        }
    }

    /// <returns>The times since the last call, sorted.</returns>
    public List<double> Take()
    {
        lock (gate)
        {
            var taken = milliseconds;
            milliseconds = [];
            taken.Sort();
            return taken;
        }
    }
}

internal sealed class NoopHandler(Arrivals arrivals) : IJobHandler<Noop>
{
    public Task<JobOutcome> HandleAsync(Noop args, JobContext context, CancellationToken workToken)
    {
        arrivals.Add(args.SentAt);
        return Task.FromResult<JobOutcome>(new JobOutcome.Completed());
    }
}
