using System.Text.Json;
using Queueing;

namespace Notifications.Streams;

/// <summary>What a client is told before anything new happens: at its start, and after a hole in what came in.</summary>
/// <param name="Events">In order: for a new client the snapshot and the job's past; for one that comes back what it missed.</param>
/// <param name="Position">The id up to which the events tell the job's story.</param>
/// <param name="IsFinal">Whether the story ends there.</param>
internal sealed record JobBacklog(IReadOnlyList<JobEvent> Events, EventId Position, bool IsFinal)
{
    private const string Connected = "connected";
    private const string Gap = "gap";

    /// <summary>Whether something that the client should have been told is lost.</summary>
    public bool HasGap => Events is [{ Name: Gap }, ..];

    /// <param name="status">How the job stands.</param>
    /// <param name="log">Its kept events, in any order.</param>
    /// <param name="last">The id of the last event that the client has, or null for a new client.</param>
    internal static JobBacklog Compose(JobStatus status, IEnumerable<JobEvent> log, EventId? last)
    {
        // What is newer than the status is left to the live events.
        var past = log
            .Where(jobEvent => jobEvent.Seq <= status.Seq && !(EventId.Of(jobEvent) <= last))
            .DistinctBy(EventId.Of).OrderBy(EventId.Of).ToList();
        if (status.IsFinal && last?.Seq != status.Seq && past.All(jobEvent => EventId.Of(jobEvent) != new EventId(status.Seq)))
        {
            past.Add(StatusEvents.From(status)); // The end must come, also when Redis never had it.
        }

        return last is { } id ? OfReturning(status, past, id) : OfNew(status, past);
    }

    private static JobBacklog OfNew(JobStatus status, List<JobEvent> past)
    {
        // The snapshot stands for everything up to a hole, and for earlier lives of a job that was let run again.
        var start = past.FindLastIndex(jobEvent => jobEvent.IsFinal && jobEvent.Seq < status.Seq) + 1;
        for (var i = start + 1; i < past.Count; i++)
        {
            start = EventId.Of(past[i - 1]).IsFollowedBy(EventId.Of(past[i])) ? start : i;
        }

        var told = past[start..];
        var id = told is [var first, ..] ? EventId.Of(first).Before : new(status.Seq);
        JobEvent[] gap = id.Piece > 0 ? [GapAfter(null, id, status)] : []; // The text's beginning is no longer kept.
        return Complete(status, [.. gap, Snapshot(status, id), .. told], id);
    }

    private static JobBacklog OfReturning(JobStatus status, List<JobEvent> past, EventId last)
    {
        var before = last;
        var isWhole = last.Seq <= status.Seq && past.TrueForAll(jobEvent =>
        {
            var follows = before.IsFollowedBy(EventId.Of(jobEvent));
            before = EventId.Of(jobEvent);
            return follows;
        });

        // One missing change can still come, or be told from the status; more are lost.
        if (isWhole && (past.Count > 0 || status.Seq <= last.Seq + 1))
        {
            return Complete(status, past, last);
        }

        // The snapshot stands before the end, or else for everything up to now.
        var (id, rest) = past is [.., var newest] && newest.Seq == status.Seq
            ? status.IsFinal ? (new(status.Seq - 1), [newest]) : (EventId.Of(newest), Array.Empty<JobEvent>())
            : (new EventId(status.Seq), Array.Empty<JobEvent>());
        return Complete(status, [GapAfter(last, id, status), Snapshot(status, id), .. rest], id);
    }

    private static JobBacklog Complete(JobStatus status, IReadOnlyList<JobEvent> events, EventId start)
    {
        var position = events is [.., var newest] ? EventId.Of(newest) : start;
        return new(events, position, status.IsFinal && position == new EventId(status.Seq));
    }

    private static JobEvent Snapshot(JobStatus status, EventId id) => Event(status, Connected, id, status);

    private static JobEvent GapAfter(EventId? last, EventId id, JobStatus status) =>
        Event(status, Gap, id, new { status.JobId, lastEventId = last?.ToString() });

    private static JobEvent Event<TData>(JobStatus status, string name, EventId id, TData data) =>
        new(status.JobId, status.Owner, id.Seq, name, JsonSerializer.SerializeToElement(data, JobJson.Options), TraceParent: null, id.Piece);
}
