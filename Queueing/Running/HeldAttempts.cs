using System.Collections.Concurrent;
using Queueing.Store;

namespace Queueing.Running;

/// <summary>What this process holds: running attempts, those about to start, and those whose outcome is being recorded.</summary>
internal sealed class HeldAttempts
{
    private readonly ConcurrentDictionary<(Guid JobId, DateTime StartedAt), Attempt> attempts = new();
    private TaskCompletionSource? empty;
    private int suspects;

    /// <summary>The jobs in hand.</summary>
    public ClaimedJob[] Jobs => [.. attempts.Values.Select(attempt => attempt.Job)];

    public int Count => attempts.Count;

    /// <summary>How many jobs that a worker died of may be taken: one at a time, so that the guilty one is known.</summary>
    public int RoomForSuspects => Volatile.Read(ref suspects) == 0 ? 1 : 0;

    public void Add(Attempt attempt)
    {
        if (attempts.TryAdd(KeyOf(attempt), attempt) && attempt.Job.Kills > 0)
        {
            Interlocked.Increment(ref suspects);
        }
    }

    public void Remove(Attempt attempt)
    {
        if (attempts.TryRemove(KeyOf(attempt), out _))
        {
            if (attempt.Job.Kills > 0)
            {
                Interlocked.Decrement(ref suspects);
            }

            attempt.Dispose();
            if (attempts.IsEmpty)
            {
                Volatile.Read(ref empty)?.TrySetResult();
            }
        }
    }

    /// <summary>Completes when nothing is held any more; asked once nothing more is claimed.</summary>
    public Task WhenEmpty()
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref empty, source);
        if (attempts.IsEmpty)
        {
            source.TrySetResult();
        }

        return source.Task;
    }

    public void Interrupt(Interruption reason, Func<Attempt, bool>? which = null)
    {
        foreach (var attempt in attempts.Values)
        {
            if (which is null || which(attempt))
            {
                attempt.Interrupt(reason);
            }
        }
    }

    // A claim is told from another of the same job by its time.
    private static (Guid, DateTime) KeyOf(Attempt attempt) => (attempt.Job.Id, attempt.Job.StartedAt);
}
