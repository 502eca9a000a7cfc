using System.Text.Json;
using Queueing.Events;

namespace Queueing;

/// <summary>The event of each change, and the document that it carries.</summary>
internal sealed class JobEvents(JobEventPublisher publisher)
{
    public void Began(ClaimedJob job) =>
        Publish(job, job.Seq, JobEventName.Active, new { jobId = job.Id, attempt = job.Attempt, maxAttempts = job.MaxAttempts });

    public void Progressed(ClaimedJob job, long seq, int percent, string? message) =>
        Publish(job, seq, JobEventName.Progress, new { jobId = job.Id, progress = percent, message });

    public void Retrying(ClaimedJob job, long seq, JobError error, DateTimeOffset runAt) =>
        Publish(job, seq, JobEventName.Retrying, new { jobId = job.Id, attempt = job.Attempt, maxAttempts = job.MaxAttempts, error, runAt });

    public void Waiting(ClaimedJob job, long seq) => Waiting(job.Id, job.Owner, seq);

    public void Waiting(Guid jobId, string owner, long seq) =>
        publisher.Publish(jobId, owner, seq, JobEventName.Waiting, new { jobId });

    public void Completed(ClaimedJob job, long seq, string? result) => Publish(
        job, seq, JobEventName.Completed, new { jobId = job.Id, result = result is null ? (JsonElement?)null : JsonElement.Parse(result) });

    public void Failed(ClaimedJob job, long seq, JobError error) => Failed(job.Id, job.Owner, seq, error);

    public void Failed(Guid jobId, string owner, long seq, JobError error) =>
        publisher.Publish(jobId, owner, seq, JobEventName.Failed, new { jobId, error });

    private void Publish<TData>(ClaimedJob job, long seq, string name, TData data) =>
        publisher.Publish(job.Id, job.Owner, seq, name, data);
}
