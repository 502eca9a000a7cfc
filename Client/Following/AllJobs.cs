using System.Collections.Immutable;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace AspireJobs.Client.Following;

/// <summary>Every job of the caller, for ever.</summary>
internal sealed class AllJobs(JobRequests requests) : IFollowed
{
    // Of jobs that are older than the newest 100, so many are asked for one by one at a time.
    private const int MostAskedFor = 20;

    private readonly Notices notices = new();

    // Jobs whose end is told, or was before the follower came; and those that the stream has still to tell the end of.
    private readonly RecentJobs ended = new();
    private readonly RecentJobs endedByPoll = new();

    // Immutable, for questions are asked meanwhile.
    private ImmutableDictionary<Guid, Standing> unfinished = ImmutableDictionary<Guid, Standing>.Empty;
    private ImmutableHashSet<Guid> doubtful = [];
    private DateTimeOffset? since;
    private bool hasGap;
    private int answers;

    public string StreamUrl => "api/job-events";

    public bool IsOver => false;

    // At the start, to know what had ended before; and when a snapshot lacks a job, whose end was lost.
    public bool IsUnsure => since is null || !doubtful.IsEmpty;

    public IReadOnlyList<JobNotice> Hear(SseItem<string> item)
    {
        switch (item.EventType)
        {
            case EventName.Gap:
                hasGap = true;
                return []; // Told with its snapshot: if the connection is cut between them, both come again.
            case EventName.Connected:
                return HearSnapshot(JsonSerializer.Deserialize(item.Data, WireJson.Default.JobList)!, item.EventId);
            default:
                hasGap = false;
                return HearOfOne(item);
        }
    }

    public async Task<StatusAnswer> AskAsync(CancellationToken cancellationToken)
    {
        var (known, unsure) = (unfinished, doubtful);
        var newest = await requests.ReadNewestAsync(cancellationToken);
        var jobs = newest.ToList();
        var gone = new List<Guid>();
        var shown = newest.Select(job => job.JobId).ToHashSet();
        foreach (var jobId in unsure.Concat(known.OrderBy(job => job.Value.SeenIn).Select(job => job.Key)).Where(shown.Add).Take(MostAskedFor))
        {
            try
            {
                jobs.Add((await requests.ReadStatusAsync(jobId, known: null, cancellationToken))!.Value.Status);
            }
            catch (JobNotFoundException)
            {
                gone.Add(jobId); // Its end was kept for as long as the server keeps one.
            }
        }

        return new(jobs) { Gone = gone };
    }

    public IReadOnlyList<JobNotice> Learn(StatusAnswer answer, bool isSilent)
    {
        answers++;
        var told = new List<JobNotice>();
        foreach (var status in answer.Jobs.Reverse())
        {
            if (status.IsFinal ? IsNewEnd(status, isSilent) : IsNewStanding(status, isSilent))
            {
                told.Add(Notices.Polled(status));
            }
        }

        // Older jobs come into view when newer ones are removed; they had ended before.
        since ??= answer.Jobs.Count < JobRequests.PageSize ? DateTimeOffset.MinValue : answer.Jobs.Min(status => status.CreatedAt);
        unfinished = unfinished.RemoveRange(answer.Gone);
        doubtful = doubtful.Except(answer.Gone);
        return told;
    }

    private bool IsNewEnd(JobStatus status, bool isSilent)
    {
        var isKnown = unfinished.ContainsKey(status.JobId);
        var isDoubtful = doubtful.Contains(status.JobId);
        if (isKnown && !isSilent && !isDoubtful)
        {
            return false; // The stream tells it.
        }

        unfinished = unfinished.Remove(status.JobId);
        doubtful = doubtful.Remove(status.JobId);
        var isNew = ended.Add(status.JobId) && (isKnown || (isSilent && status.CreatedAt >= since));
        if (isNew)
        {
            endedByPoll.Add(status.JobId);
            notices.Forget(status.JobId);
        }

        return isNew;
    }

    private bool IsNewStanding(JobStatus status, bool isSilent)
    {
        ended.Remove(status.JobId);
        endedByPoll.Remove(status.JobId);
        doubtful = doubtful.Remove(status.JobId);
        var before = unfinished.GetValueOrDefault(status.JobId);
        var now = isSilent ? new Standing(status.Status, status.Progress, status.Attempt) : before;
        unfinished = unfinished.SetItem(status.JobId, now with { SeenIn = answers });
        return isSilent && now != (before with { SeenIn = now.SeenIn });
    }

    private List<JobNotice> HearSnapshot(JobList list, string? eventId)
    {
        var told = new List<JobNotice>();
        if (hasGap)
        {
            hasGap = false;
            told.AddRange(unfinished.Keys.Select(jobId => new JobNotice.Gap { JobId = jobId, EventId = eventId }));
        }

        doubtful = unfinished.Keys.Except(list.Jobs.Select(job => job.JobId)).ToImmutableHashSet();
        endedByPoll.Clear(); // What came before the snapshot doesn't come any more.
        foreach (var status in list.Jobs.Reverse())
        {
            Continue(status.JobId);
            told.Add(new JobNotice.Snapshot(status) { JobId = status.JobId, EventId = eventId });
        }

        return told;
    }

    private JobNotice[] HearOfOne(SseItem<string> item)
    {
        var data = Notices.Read(item);
        if (notices.Of(item, data) is not { } notice)
        {
            return [];
        }

        if (notice.IsFinal)
        {
            unfinished = unfinished.Remove(data.JobId);
            doubtful = doubtful.Remove(data.JobId);
            ended.Add(data.JobId);
            return endedByPoll.Remove(data.JobId) ? [] : [notice];
        }

        if (endedByPoll.Contains(data.JobId))
        {
            return []; // It came before the end, which is told already.
        }

        Continue(data.JobId);
        return [notice];
    }

    // It goes on, also after an end: somebody let it run again.
    private void Continue(Guid jobId)
    {
        ended.Remove(jobId);
        unfinished = unfinished.ContainsKey(jobId) ? unfinished : unfinished.Add(jobId, default);
    }

    /// <summary>How a job was polled and told last.</summary>
    /// <param name="Status">Its state; null when it was not.</param>
    /// <param name="Progress">0 to 100.</param>
    /// <param name="Attempt">The attempt.</param>
    private readonly record struct Standing(string? Status, int Progress, int Attempt)
    {
        /// <summary>The last answer that had the job.</summary>
        public int SeenIn { get; init; }
    }
}
