using Queueing;

namespace Notifications.Streams;

/// <summary>A place in one job's story, and the way from there to its end: each event once and in order, or a gap that is announced.</summary>
/// <param name="jobId">The job.</param>
/// <param name="last">The id of the last event that is known, or null: the story begins with a snapshot.</param>
/// <param name="backlogs">Where holes are filled from.</param>
internal sealed class JobFollower(Guid jobId, EventId? last, BacklogReader backlogs)
{
    private EventId? position = last;

    /// <summary>Up to where the story is told.</summary>
    public EventId Position => position ?? default;

    /// <summary>Whether the job has ended, or is gone.</summary>
    public bool IsFinal { get; private set; }

    /// <summary>Begins the story: events are heard already, and what is on its way is left to them.</summary>
    /// <param name="mayFollow">Whether a job of an owner may be told of.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What is told first; null when there is no such job that may be told of.</returns>
    public Task<IReadOnlyList<JobEvent>?> BeginAsync(Predicate<string> mayFollow, CancellationToken cancellationToken) =>
        ReadAsync(newestMayCome: true, mayFollow, cancellationToken);

    /// <returns>What happened since the last call, or since the id that it began with, though no event told of it.</returns>
    public async Task<IReadOnlyList<JobEvent>> CatchUpAsync(CancellationToken cancellationToken) =>
        await ReadAsync(newestMayCome: false, mayFollow: null, cancellationToken) ?? [];

    /// <returns>What an event that came in tells: nothing, itself, or more when others before it did not come in.</returns>
    public async ValueTask<IReadOnlyList<JobEvent>> FollowAsync(Heard heard, CancellationToken cancellationToken)
    {
        if (IsFinal || EventId.Of(heard.Event) <= Position)
        {
            return [];
        }

        if (TryAdvance(heard))
        {
            return [heard.Event];
        }

        var missed = await CatchUpAsync(cancellationToken);
        if (IsFinal || EventId.Of(heard.Event) <= Position)
        {
            return missed;
        }

        if (TryAdvance(heard))
        {
            return [.. missed, heard.Event];
        }

        if (await backlogs.ReadStatusAsync(jobId, cancellationToken) is not { } status)
        {
            IsFinal = true;
            return missed;
        }

        // What came before it is nowhere to be had.
        var before = EventId.Before(heard.Event, heard.FirstSeq);
        var gap = JobBacklog.GapAndSnapshot(status, Position, before);
        position = before;
        TryAdvance(heard);
        return [.. missed, .. gap, heard.Event];
    }

    private async Task<IReadOnlyList<JobEvent>?> ReadAsync(bool newestMayCome, Predicate<string>? mayFollow, CancellationToken cancellationToken)
    {
        if (await backlogs.ReadAsync(jobId, position, newestMayCome, mayFollow, cancellationToken) is not { } backlog)
        {
            IsFinal = true; // Removed while it was followed: a client that comes back is told that there is no such job.
            return null;
        }

        (position, IsFinal) = (backlog.Position, backlog.IsFinal);
        return backlog.Events;
    }

    private bool TryAdvance(Heard heard)
    {
        if (!Position.IsFollowedBy(heard.Event, heard.FirstSeq))
        {
            return false;
        }

        (position, IsFinal) = (EventId.Of(heard.Event), heard.Event.IsFinal);
        return true;
    }
}
