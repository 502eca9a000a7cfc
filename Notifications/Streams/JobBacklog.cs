using System.Text.Json;
using Queueing;

namespace Notifications.Streams;

/// <summary>What a client is told before anything new happens: at its start, and after a hole in what came in.</summary>
/// <param name="Events">In order: for a new client the snapshot and the attempt so far; for one that comes back what it missed.</param>
/// <param name="Position">The id up to which the events tell the job's story.</param>
/// <param name="IsFinal">Whether the story ends there.</param>
internal sealed record JobBacklog(IReadOnlyList<JobEvent> Events, EventId Position, bool IsFinal)
{
    public const string Connected = "connected";
    public const string Gap = "gap";

    /// <summary>Whether something that the client should have been told is lost.</summary>
    public bool HasGap => Events is [{ Name: Gap }, ..];

    /// <param name="history">How the job stands, and its changes of state.</param>
    /// <param name="kept">What Redis has of it.</param>
    /// <param name="last">The id of the last event that the client has, or null for a new client.</param>
    /// <param name="newestMayCome">Progress that Redis doesn't have is on its way; else the status tells it.</param>
    internal static JobBacklog Compose(JobHistory history, KeptEvents kept, EventId? last, bool newestMayCome = false)
    {
        var story = new JobStory(history, kept, newestMayCome);
        return last is { } id ? OfReturning(history, story, id) : OfNew(history, story);
    }

    /// <summary>What can't be told any more is announced; a fresh snapshot stands for it.</summary>
    /// <param name="status">How the job stands.</param>
    /// <param name="last">The id of the last event that the client has, or null for a new client.</param>
    /// <param name="position">What the snapshot stands for.</param>
    internal static JobEvent[] GapAndSnapshot(JobStatus status, EventId? last, EventId position) =>
        [Event(status, Gap, position, new { status.JobId, lastEventId = last?.ToString() }), Snapshot(status, position)];

    private static JobBacklog OfNew(JobHistory history, JobStory story)
    {
        var status = history.Status;
        if (history.Claim is not { } claim || (status.IsFinal && !story.HasWholeText))
        {
            // What is known of a job that ended is in its end; one that waits has no attempt to tell of.
            var at = new EventId(status.IsFinal ? status.Seq - 1 : status.Seq);
            return Told(status, [Snapshot(status, at), .. status.IsFinal ? history.States.TakeLast(1) : []], at);
        }

        var start = new EventId(claim - 1);
        return story.TryTell(start) is { } told ? Told(status, [Snapshot(status, start), .. told], start) : Lost(history, story, null);
    }

    private static JobBacklog OfReturning(JobHistory history, JobStory story, EventId last)
    {
        var status = history.Status;
        if (status.IsFinal && last == new EventId(status.Seq))
        {
            return Told(status, [], last); // Whoever has the end needs nothing of what is lost before it.
        }

        return last.Seq <= status.Seq && history.IsWhole && story.TryTell(last) is { } told ? Told(status, told, last) : Lost(history, story, last);
    }

    private static JobBacklog Lost(JobHistory history, JobStory story, EventId? last)
    {
        // The snapshot stands before the end, or else before the text that is left.
        var status = history.Status;
        var at = status.IsFinal ? new EventId(status.Seq - 1) : new EventId(status.Seq, history.Claim is null ? 0 : story.TextStart ?? last?.Offset ?? 0);
        var rest = status.IsFinal ? history.States.TakeLast(1) : story.TryTell(at) ?? [];
        return Told(status, [.. GapAndSnapshot(status, last, at), .. rest], at);
    }

    private static JobBacklog Told(JobStatus status, IReadOnlyList<JobEvent> events, EventId start) =>
        new(events, events is [.., var newest] ? EventId.Of(newest) : start, status.IsFinal);

    private static JobEvent Snapshot(JobStatus status, EventId id) => Event(status, Connected, id, status);

    private static JobEvent Event<TData>(JobStatus status, string name, EventId id, TData data) =>
        new(status.JobId, status.Owner, id.Seq, name, JsonSerializer.SerializeToElement(data, JobJson.Options), TraceParent: null, id.Offset);
}
