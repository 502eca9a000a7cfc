using System.Text.Json;

namespace Queueing;

/// <summary>The event that a job's status stands for, when the event itself was lost.</summary>
public static class StatusEvents
{
    /// <returns>The event of the job's last change.</returns>
    public static JobEvent From(JobStatus status) => status.Status switch
    {
        JobState.Completed => Event(status, JobEventName.Completed, new { status.JobId, status.Result }),
        JobState.Failed => Event(status, JobEventName.Failed, new { status.JobId, status.Error }),
        JobState.Cancelled => Event(status, JobEventName.Cancelled, new { status.JobId, status.Error }),
        JobState.Active when status.Progress > 0 => Event(status, JobEventName.Progress, new { status.JobId, status.Progress }),
        JobState.Active => Event(status, JobEventName.Active, new { status.JobId, status.Attempt, status.MaxAttempts }),
        JobState.Delayed when status.Attempt > 0 =>
            Event(status, JobEventName.Retrying, new { status.JobId, status.Attempt, status.MaxAttempts, status.RunAt }),
        _ => Event(status, JobEventName.Waiting, new { status.JobId }),
    };

    private static JobEvent Event<TData>(JobStatus status, string name, TData data) =>
        new(status.JobId, status.Owner, status.Seq, name, JsonSerializer.SerializeToElement(data, JobJson.Options), TraceParent: null);
}
