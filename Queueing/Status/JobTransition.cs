using System.Text.Json;

namespace Queueing;

/// <summary>A change of state between a job's beginning and its end, as it is kept: see <c>0004_transitions.sql</c>.</summary>
internal sealed record JobTransition(long Seq, int Attempt, string Event, DateTimeOffset? RunAt, JobError? Error)
{
    public JobEvent ToEvent(JobStatus status)
    {
        object data = Event switch
        {
            JobEventName.Retrying => new { status.JobId, Attempt, status.MaxAttempts, Error, RunAt },
            JobEventName.Waiting => new { status.JobId },
            _ => new { status.JobId, Error },
        };
        return new(status.JobId, status.Owner, Seq, Event, JsonSerializer.SerializeToElement(data, JobJson.Options), TraceParent: null);
    }
}
