using System.Text.Json;

namespace Queueing;

/// <summary>The events that a job's status stands for, when they themselves were lost.</summary>
public static class StatusEvents
{
    /// <returns>The event of a finished job's end.</returns>
    public static JobEvent From(JobStatus status) => status.Status switch
    {
        JobState.Completed => Event(status, JobEventName.Completed, new { status.JobId, status.Result }),
        JobState.Failed => Event(status, JobEventName.Failed, new { status.JobId, status.Error }),
        JobState.Cancelled => Event(status, JobEventName.Cancelled, new { status.JobId, status.Error }),
        _ => throw new ArgumentException($"The job {status.JobId} has not ended.", nameof(status)),
    };

    /// <returns>The newest progress of a running job; what was said with it is not in its status.</returns>
    public static JobEvent ProgressOf(JobStatus status) => Event(status, JobEventName.Progress, new { status.JobId, status.Progress });

    /// <returns>The event of a job's acceptance. It is not sent: who enqueues knows, and who follows a job is told how it stands.</returns>
    public static JobEvent Accepted(Guid jobId, string owner, string type, string queue, DateTimeOffset createdAt) => new(
        jobId,
        owner,
        Seq: 1,
        JobEventName.Waiting,
        JsonSerializer.SerializeToElement(new { jobId, type, queue, createdAt }, JobJson.Options),
        TraceParent: null);

    private static JobEvent Event<TData>(JobStatus status, string name, TData data) => new(
        status.JobId, status.Owner, status.Seq, name, JsonSerializer.SerializeToElement(data, JobJson.Options), TraceParent: null, TextBefore: status.TextLength);
}
