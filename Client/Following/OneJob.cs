using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace AspireJobs.Client.Following;

/// <summary>One job, to its end.</summary>
internal sealed class OneJob(Guid jobId, JobRequests requests) : IFollowed
{
    private readonly Notices notices = new();
    private EntityTagHeaderValue? tag;
    private bool hasGap;

    public string StreamUrl => $"api/job-events?jobId={jobId}";

    public bool IsOver { get; private set; }

    public bool IsUnsure => false;

    public IReadOnlyList<JobNotice> Hear(SseItem<string> item)
    {
        switch (item.EventType)
        {
            case EventName.Gap:
                hasGap = true;
                return []; // Told with its snapshot: if the connection is cut between them, both come again.
            case EventName.Connected:
                var status = JsonSerializer.Deserialize(item.Data, WireJson.Default.JobStatus)!;
                JobNotice snapshot = new JobNotice.Snapshot(status) { JobId = jobId, EventId = item.EventId };
                return TakeGap() ? [new JobNotice.Gap { JobId = jobId, EventId = item.EventId }, snapshot] : [snapshot];
            default:
                TakeGap();
                return Tell(notices.Of(item, Notices.Read(item)));
        }
    }

    public async Task<StatusAnswer> AskAsync(CancellationToken cancellationToken) =>
        await requests.ReadStatusAsync(jobId, tag, cancellationToken) is var (status, newTag) ? new([status], newTag) : new([]);

    public IReadOnlyList<JobNotice> Learn(StatusAnswer answer, bool isSilent)
    {
        if (answer.Jobs is not [var status])
        {
            return [];
        }

        // Only now: an answer that nobody was told of must be given again.
        tag = answer.Tag;
        return Tell(Notices.Polled(status));
    }

    private JobNotice[] Tell(JobNotice? notice)
    {
        IsOver |= notice is { IsFinal: true };
        return notice is null ? [] : [notice];
    }

    private bool TakeGap()
    {
        var had = hasGap;
        hasGap = false;
        return had;
    }
}
