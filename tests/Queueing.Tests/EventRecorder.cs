using System.Collections.Concurrent;

namespace Queueing.Tests;

/// <summary>Hears every event from its start on.</summary>
internal sealed class EventRecorder
{
    private readonly ConcurrentQueue<JobEvent> heard = new();

    public static async Task<EventRecorder> StartAsync(QueueHost host)
    {
        var recorder = new EventRecorder();
        await Eventually.TrueAsync(() => host.Get<JobEventLog>().TrySubscribeAsync(recorder.heard.Enqueue));
        return recorder;
    }

    /// <returns>What was told of a job, once its end was.</returns>
    public async Task<JobEvent[]> OfAsync(Guid jobId)
    {
        await Eventually.TrueAsync(() => heard.Any(told => told.JobId == jobId && told.IsFinal));
        return [.. heard.Where(told => told.JobId == jobId)];
    }
}
