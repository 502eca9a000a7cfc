using System.Diagnostics;
using System.Text.Json;
using Queueing.Events;
using Queueing.Store;

namespace Queueing;

/// <summary>The event of each change, and the document that it carries.</summary>
internal sealed class JobEvents(JobEventPublisher publisher)
{
    public void Began(ClaimedJob job) =>
        Publish(job.Id, job.Owner, job.Seq, JobEventName.Active, new { jobId = job.Id, attempt = job.Attempt, maxAttempts = job.MaxAttempts });

    public void Progressed(ClaimedJob job, long seq, int textLength, int percent, string? message) =>
        Publish(job.Id, job.Owner, seq, JobEventName.Progress, new { jobId = job.Id, progress = percent, message }, textLength, textLength);

    public void Wrote(ClaimedJob job, long seq, TextPosition start, string text) => publisher.Publish(
        new(
            job.Id,
            job.Owner,
            seq,
            JobEventName.Delta,
            new { jobId = job.Id, attempt = job.Attempt, offset = start.Length, text },
            Activity.Current?.Id,
            start.Length + text.Length,
            start.Length)
        {
            Piece = new(job.Seq, start, text),
        });

    public void Retrying(ClaimedJob job, long seq, JobError error, DateTimeOffset runAt) => Publish(
        job.Id, job.Owner, seq, JobEventName.Retrying, new { jobId = job.Id, attempt = job.Attempt, maxAttempts = job.MaxAttempts, error, runAt });

    public void Waiting(ClaimedJob job, long seq) => Waiting(job.Id, job.Owner, seq);

    public void Waiting(Guid jobId, string owner, long seq) => Publish(jobId, owner, seq, JobEventName.Waiting, new { jobId });

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

    public void Completed(ClaimedJob job, long seq, string? result, int? textLength) => Publish(
        job.Id,
        job.Owner,
        seq,
        JobEventName.Completed,
        new { jobId = job.Id, result = result is null ? (JsonElement?)null : JsonElement.Parse(result) },
        textBefore: textLength ?? 0);

    public void Failed(ClaimedJob job, long seq, JobError error, int? textLength) =>
        Publish(job.Id, job.Owner, seq, JobEventName.Failed, new { jobId = job.Id, error }, textBefore: textLength ?? 0);

    public void Failed(Guid jobId, string owner, long seq, JobError error) =>
        Publish(jobId, owner, seq, JobEventName.Failed, new { jobId, error });

    public void Cancelled(ClaimedJob job, long seq, JobError? reason, int? textLength) =>
        Publish(job.Id, job.Owner, seq, JobEventName.Cancelled, new { jobId = job.Id, error = reason }, textBefore: textLength ?? 0);

    public void Cancelled(Guid jobId, string owner, long seq) =>
        Publish(jobId, owner, seq, JobEventName.Cancelled, new { jobId, error = (JobError?)null });

    private void Publish(Guid jobId, string owner, long seq, string name, object data, int offset = 0, int? textBefore = null) =>
        publisher.Publish(new(jobId, owner, seq, name, data, Activity.Current?.Id, offset, textBefore));
}
