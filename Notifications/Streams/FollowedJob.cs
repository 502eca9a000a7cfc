using Queueing;

namespace Notifications.Streams;

/// <summary>One job, followed by one client.</summary>
internal sealed class FollowedJob : IFollowed
{
    private readonly JobListener listener;
    private readonly JobFollower follower;

    public FollowedJob(Guid jobId, EventId? last, Inbox inbox, JobEventHub hub, BacklogReader backlogs)
    {
        // Listening starts before the snapshot is read: what happens between the two is told twice here, once to the client.
        listener = hub.Listen(jobId, inbox.Add, () => inbox.Signal(Signals.Missed));
        follower = new(jobId, last, backlogs);
    }

    public bool IsFinal => follower.IsFinal;

    /// <returns>What the client is told first; null when there is no such job for it.</returns>
    public async Task<IReadOnlyList<Heard>?> BeginAsync(Predicate<string> mayFollow, CancellationToken cancellationToken) =>
        await follower.BeginAsync(mayFollow, cancellationToken) is { } told ? Tell(told) : null;

    public async ValueTask<IReadOnlyList<Heard>> TellAsync(Signals signals, IReadOnlyList<Heard> events, CancellationToken cancellationToken)
    {
        var told = new List<JobEvent>();
        if (signals.HasFlag(Signals.Missed))
        {
            told.AddRange(await follower.CatchUpAsync(cancellationToken));
        }

        foreach (var heard in events)
        {
            told.AddRange(await follower.FollowAsync(heard, cancellationToken));
        }

        return Tell(told);
    }

    public void Dispose() => listener.Dispose();

    private Heard[] Tell(IReadOnlyList<JobEvent> told)
    {
        listener.RaiseTo(follower.Position.Seq);
        return [.. told.Select(jobEvent => new Heard(jobEvent))];
    }
}
