using System.Collections.Concurrent;

namespace Queueing.History.Worker;

/// <summary>The jobs that have snoozed in this process: a snooze counts no attempt, so a job can't tell by itself.</summary>
internal sealed class Snoozed
{
    private readonly ConcurrentDictionary<Guid, bool> jobs = new();

    public bool IsFirst(Guid jobId) => jobs.TryAdd(jobId, true);
}
