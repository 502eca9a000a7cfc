using System.Text.Json;
using Queueing.Events;
using Queueing.Store;

namespace Queueing;

/// <summary>The event of each change, and the document that it carries.</summary>
internal sealed class JobEvents(JobEventPublisher publisher)
{
    public void Began(ClaimedJob job) =>
        Publish(job, job.Seq, JobEventName.Active, new { jobId = job.Id, attempt = job.Attempt, maxAttempts = job.MaxAttempts });

    public void Progressed(ClaimedJob job, long seq, int percent, string? message) =>
        Publish(job, seq, JobEventName.Progress, new { jobId = job.Id, progress = percent, message });

    public void Wrote(ClaimedJob job, long seq, int piece, string text) =>
        publisher.Publish(job.Id, job.Owner, seq, piece, JobEventName.Delta, new { jobId = job.Id, attempt = job.Attempt, text });

    public void Retrying(ClaimedJob job, long seq, JobError error, DateTimeOffset runAt) =>
        Publish(job, seq, JobEventName.Retrying, new { jobId = job.Id, attempt = job.Attempt, maxAttempts = job.MaxAttempts, error, runAt });

    public void Waiting(ClaimedJob job, long seq) => Waiting(job.Id, job.Owner, seq);

    public void Waiting(Guid jobId, string owner, long seq) =>
        publisher.Publish(jobId, owner, seq, piece: 0, JobEventName.Waiting, new { jobId });

    public void Released(ReleasedJob job)
    {
        if (job.State == JobState.Cancelled)
        {
            Cancelled(job.Id, job.Owner, job.Seq);
        }
        else
        {
            Waiting(job.Id, job.Owner, job.Seq);
        }
    }

    public void Completed(ClaimedJob job, long seq, string? result) => Publish(
        job, seq, JobEventName.Completed, new { jobId = job.Id, result = result is null ? (JsonElement?)null : JsonElement.Parse(result) });

    public void Failed(ClaimedJob job, long seq, JobError error) => Failed(job.Id, job.Owner, seq, error);

    public void Failed(Guid jobId, string owner, long seq, JobError error) =>
        publisher.Publish(jobId, owner, seq, piece: 0, JobEventName.Failed, new { jobId, error });

    public void Cancelled(ClaimedJob job, long seq, JobError? reason) => Cancelled(job.Id, job.Owner, seq, reason);

    public void Cancelled(Guid jobId, string owner, long seq, JobError? reason = null) =>
        publisher.Publish(jobId, owner, seq, piece: 0, JobEventName.Cancelled, new { jobId, error = reason });

    private void Publish(ClaimedJob job, long seq, string name, object data) =>
        publisher.Publish(job.Id, job.Owner, seq, piece: 0, name, data);
}
