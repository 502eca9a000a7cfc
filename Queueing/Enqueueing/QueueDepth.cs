using System.Collections.Concurrent;
using Queueing.Store;

namespace Queueing.Enqueueing;

/// <summary>Refuses jobs of queues that hold as many as they may.</summary>
/// <remarks>
/// The depth is asked for four times a second at most while there is room, and what this process adds is counted on top;
/// nobody is refused by an old answer, though: before that it is asked for again.
/// </remarks>
internal sealed class QueueDepth(EnqueueStore store, TimeProvider time)
{
    private static readonly TimeSpan Trusted = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, Seen> queues = new(StringComparer.Ordinal);

    /// <exception cref="QueueFullException">There is no room for that many.</exception>
    public async ValueTask EnsureRoomAsync(JobType type, JobQueueOptions options, int jobs, CancellationToken cancellationToken)
    {
        if (options.MaxDepth is not { } limit)
        {
            return;
        }

        var queue = type.Options.Queue;
        var seen = queues.GetOrAdd(queue, _ => new Seen());
        if (seen.At is { } at && time.GetElapsedTime(at) < Trusted && seen.TryAdd(jobs, limit))
        {
            return;
        }

        var calledAt = time.GetTimestamp();
        await seen.Asking.WaitAsync(cancellationToken);
        try
        {
            if (seen.At > calledAt && seen.TryAdd(jobs, limit))
            {
                return; // Somebody before asked for both.
            }

            seen.Update(await store.DepthAsync(queue, cancellationToken), time);
            if (!seen.TryAdd(jobs, limit))
            {
                throw new QueueFullException(queue, limit, seen.UntilRoom(limit));
            }
        }
        finally
        {
            seen.Asking.Release();
        }
    }

    private sealed class Seen
    {
        private long depth;
        private double servedPerSecond;

        public SemaphoreSlim Asking { get; } = new(1);

        public long? At { get; private set; }

        public bool TryAdd(int jobs, long limit)
        {
            if (Interlocked.Add(ref depth, jobs) <= limit)
            {
                return true;
            }

            Interlocked.Add(ref depth, -jobs);
            return false;
        }

        public void Update(long actual, TimeProvider time)
        {
            if (At is { } before && time.GetElapsedTime(before).TotalSeconds is > 0 and var seconds)
            {
                var served = Volatile.Read(ref depth) - actual;
                servedPerSecond = (servedPerSecond + (Math.Max(0, served) / seconds)) / 2;
            }

            Interlocked.Exchange(ref depth, actual);
            At = time.GetTimestamp();
        }

        /// <summary>Until a tenth of the limit is served at the pace of late.</summary>
        public TimeSpan UntilRoom(long limit) =>
            TimeSpan.FromSeconds(Math.Clamp(servedPerSecond > 0 ? Math.Ceiling(limit / 10.0 / servedPerSecond) : 60, 1, 60));
    }
}
