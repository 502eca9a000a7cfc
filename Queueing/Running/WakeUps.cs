using System.Collections.Concurrent;

namespace Queueing.Running;

/// <summary>Lets a queue's pump wait for the news that there are new jobs.</summary>
internal sealed class WakeUps
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> queues = new(StringComparer.Ordinal);

    /// <summary>Completes at the next wake-up. Take it before looking for jobs, or one between the two is missed.</summary>
    public Task Next(string queue) => queues.GetOrAdd(queue, _ => NewSource()).Task;

    public void Wake(string queue)
    {
        if (queues.TryRemove(queue, out var woken))
        {
            woken.SetResult();
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
