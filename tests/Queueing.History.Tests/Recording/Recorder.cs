using System.Collections.Concurrent;

namespace Queueing.History.Tests.Recording;

/// <summary>Takes down what clients are told while the run goes on.</summary>
internal sealed class Recorder(TimeProvider time)
{
    private readonly ConcurrentQueue<Guid> fresh = new();

    public ConcurrentQueue<Call> Calls { get; } = new();

    public ConcurrentQueue<CancelRequest> Cancels { get; } = new();

    public ConcurrentQueue<Pause> Pauses { get; } = new();

    public ConcurrentQueue<string> Crashes { get; } = new();

    public DateTimeOffset Now => time.GetUtcNow();

    public void Add(Call call)
    {
        Calls.Enqueue(call);
        foreach (var jobId in call.JobIds)
        {
            fresh.Enqueue(jobId);
        }

        while (fresh.Count > 60)
        {
            fresh.TryDequeue(out _);
        }
    }

    /// <returns>One of the jobs accepted of late; null when there is none.</returns>
    public Guid? PickRecent(Random random) => fresh.ToArray() is { Length: > 0 } recent ? recent[random.Next(recent.Length)] : null;
}
