using System.Text.Json;
using Notifications.Streams;
using Queueing;
using EventId = Notifications.Streams.EventId;

namespace Notifications.Feeds;

/// <summary>How all jobs of an owner stand, for clients that have nothing of them yet.</summary>
/// <param name="owner">Whose jobs; null for everybody's.</param>
/// <param name="jobs">Where they stand.</param>
/// <param name="kept">Where their texts are.</param>
internal sealed class FeedSnapshots(string? owner, JobReader jobs, JobEventLog kept)
{
    private const int Most = 100;
    private const int LookedThrough = 1000;

    /// <returns>The unfinished among the newest jobs.</returns>
    public Task<IReadOnlyList<JobStatus>> FindUnfinishedAsync() => jobs.ListUnfinishedAsync(owner, LookedThrough, CancellationToken.None);

    public async Task<JobEvent> ReadAsync()
    {
        var unfinished = await FindUnfinishedAsync();
        return Event(JobBacklog.Connected, new { jobs = unfinished.Take(Most), more = unfinished.Count > Most });
    }

    /// <returns>The text of a job's attempt, up to an id; or that it can't be had.</returns>
    public async Task<JobEvent> ReadTextAsync(Guid jobId, EventId position) =>
        (await kept.ReadAsync(jobId)).Text is { Start: 0 } text && text.Claim <= position.Seq && text.End >= position.Offset
        && await jobs.FindAsync(jobId, CancellationToken.None) is { } status
            ? Deltas.Of(status, new(position.Seq), text.Text[..position.Offset])
            : Event(JobBacklog.Gap, new { jobId });

    /// <returns>The event that says that something after an id can't be told.</returns>
    public JobEvent GapAfter(string lastEventId) => Event(JobBacklog.Gap, new { lastEventId });

    private JobEvent Event<TData>(string name, TData data) =>
        new(Guid.Empty, owner ?? "", Seq: 0, name, JsonSerializer.SerializeToElement(data, JobJson.Options), TraceParent: null);
}
