using System.Net.ServerSentEvents;
using System.Text.Json;

namespace AspireJobs.Client.Following;

/// <summary>Makes notices of events and of status documents, and keeps the texts that the events are pieces of.</summary>
internal sealed class Notices
{
    private static readonly JobError Unexplained = new("unknown", "The server gave no reason.", Transient: false);

    private readonly Dictionary<Guid, JobText> texts = [];

    public static EventData Read(SseItem<string> item) => JsonSerializer.Deserialize(item.Data, WireJson.Default.EventData)!;

    /// <returns>Null for a text that is already known, and for an event of which this version of the client knows nothing.</returns>
    public JobNotice? Of(SseItem<string> item, EventData data)
    {
        JobNotice? notice = item.EventType switch
        {
            JobState.Waiting => new JobNotice.Waiting { JobId = data.JobId },
            JobState.Active => new JobNotice.Active(data.Attempt, data.MaxAttempts) { JobId = data.JobId },
            EventName.Progress => new JobNotice.Progress(data.Progress, data.Message) { JobId = data.JobId },
            EventName.Delta => Continue(data),
            EventName.Retrying => new JobNotice.Retrying(data.Attempt, data.MaxAttempts, data.Error, data.RunAt) { JobId = data.JobId },
            JobState.Completed => new JobNotice.Completed(data.Result) { JobId = data.JobId },
            JobState.Failed => new JobNotice.Failed(data.Error ?? Unexplained) { JobId = data.JobId },
            JobState.Cancelled => new JobNotice.Cancelled(data.Error) { JobId = data.JobId },
            _ => null,
        };
        if (notice is { IsFinal: true })
        {
            Forget(data.JobId);
        }

        return notice is null ? null : notice with { EventId = item.EventId };
    }

    /// <summary>What a status document, got by asking, stands for: the end, or else a snapshot.</summary>
    public static JobNotice Polled(JobStatus status)
    {
        JobNotice notice = status.Status switch
        {
            JobState.Completed => new JobNotice.Completed(status.Result) { JobId = status.JobId },
            JobState.Failed => new JobNotice.Failed(status.Error ?? Unexplained) { JobId = status.JobId },
            JobState.Cancelled => new JobNotice.Cancelled(status.Error) { JobId = status.JobId },
            _ => new JobNotice.Snapshot(status) { JobId = status.JobId },
        };
        return notice with { Via = NoticeSource.Poll };
    }

    /// <summary>The job has ended: its text is told to the end.</summary>
    public void Forget(Guid jobId) => texts.Remove(jobId);

    private JobNotice.Delta? Continue(EventData data)
    {
        var before = texts.GetValueOrDefault(data.JobId);
        if (before?.Attempt > data.Attempt)
        {
            return null;
        }

        before = before?.Attempt == data.Attempt ? before : JobText.Begin(data.Attempt);
        var after = texts[data.JobId] = before.Append(data.Offset, data.Text ?? "", out var added);
        return added.Length == 0 ? null : new(data.Attempt, after.Length - added.Length, added, after) { JobId = data.JobId };
    }
}
