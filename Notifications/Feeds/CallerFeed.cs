using System.Threading.Channels;
using Notifications.Streams;
using Npgsql;
using Queueing;
using EventId = Notifications.Streams.EventId;

namespace Notifications.Feeds;

/// <summary>
/// All jobs of one owner, or everybody's, as one row of events for all clients that follow them: each job's in order, nothing
/// twice, and what is lost announced. One loop does all, so a client's snapshot and what follows it fit together.
/// </summary>
internal sealed class CallerFeed
{
    private const int Backlog = 20_000;

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    // By how much the clocks of those who enqueue may differ from this one's, and how long a commit may take.
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(30);

    // How long clients have to come back to where they were.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly string? owner;
    private readonly JobEventHub hub;
    private readonly JobReader jobs;
    private readonly BacklogReader backlogs;
    private readonly TimeProvider time;
    private readonly FeedSnapshots snapshots;
    private readonly Channel<FeedWork> work = Channel.CreateBounded<FeedWork>(Backlog);
    private readonly Dictionary<Guid, FeedJob> followed = [];
    private readonly Dictionary<Guid, (long Seq, DateTimeOffset At)> ended = [];
    private readonly FeedLog log = new();
    private readonly FeedClients clients = new();
    private readonly DateTimeOffset since;
    private DateTimeOffset neededAt;
    private volatile bool stopped;

    public CallerFeed(string? owner, JobEventHub hub, JobReader jobs, JobEventLog kept, BacklogReader backlogs, TimeProvider time)
    {
        (this.owner, this.hub, this.jobs, this.backlogs, this.time) = (owner, hub, jobs, backlogs, time);
        snapshots = new(owner, jobs, kept);
        since = neededAt = time.GetUtcNow();
        Ended = Task.Run(RunAsync);
    }

    /// <summary>When the feed is no more: nobody followed, or it could not go on. Clients that come back make a new one.</summary>
    public Task Ended { get; }

    /// <returns>What a client is told first; from then on its inbox has what follows. Null when the feed is ending.</returns>
    public async Task<IReadOnlyList<Heard>?> JoinAsync(Inbox inbox, string? lastId, CancellationToken cancellationToken)
    {
        var told = new TaskCompletionSource<IReadOnlyList<Heard>>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!work.Writer.TryWrite(new FeedWork.Join(inbox, lastId, told)))
        {
            return null;
        }

        try
        {
            await Task.WhenAny(told.Task, Ended).WaitAsync(cancellationToken);
            return told.Task.IsCompleted ? await told.Task : null;
        }
        catch (OperationCanceledException)
        {
            if (!told.TrySetCanceled(CancellationToken.None))
            {
                clients.Remove(inbox); // It was just let in.
            }

            throw;
        }
    }

    public void Leave(Inbox inbox) => clients.Remove(inbox);

    /// <summary>Ends the feed and its clients' streams.</summary>
    public void Stop()
    {
        stopped = true;
        work.Writer.TryComplete();
    }

    private async Task RunAsync()
    {
        using var listening = hub.ListenToOwner(owner, jobEvent => Post(new FeedWork.Heard(jobEvent)));
        await using var looking = time.CreateTimer(_ => Post(new FeedWork.Look()), null, LookInterval, LookInterval);
        try
        {
            foreach (var status in await snapshots.FindUnfinishedAsync())
            {
                Follow(status.JobId, new(status.Seq));
            }

            await foreach (var next in work.Reader.ReadAllAsync())
            {
                if (stopped)
                {
                    break;
                }

                await DoAsync(next);
            }
        }
        catch (NpgsqlException)
        {
            // What happens now can't be told for certain. The clients come back, and are told that something may be missing.
        }
        finally
        {
            Stop();
            foreach (var job in followed.Values)
            {
                job.Listener.Dispose();
            }

            clients.SendAway();
        }
    }

    private void Post(FeedWork item)
    {
        if (!work.Writer.TryWrite(item))
        {
            Stop(); // Further behind than can be kept; what is left out would not be seen as missing.
        }
    }

    private Task DoAsync(FeedWork next) => next switch
    {
        FeedWork.Heard heard => HearAsync(heard.Event),
        FeedWork.Missed missed => CatchUpAsync(missed.JobId),
        FeedWork.Join join => LetJoinAsync(join),
        _ => LookAsync(),
    };

    private async Task HearAsync(JobEvent jobEvent)
    {
        var jobId = jobEvent.JobId;
        if (ended.TryGetValue(jobId, out var end) && jobEvent.Seq <= end.Seq)
        {
            return;
        }

        if (!followed.TryGetValue(jobId, out var job))
        {
            // A new job is told from its beginning; one from before the feed from here.
            var isNew = end.Seq == 0 && CreatedAt(jobId) >= since;
            job = Follow(jobId, end.Seq > 0 ? new(end.Seq) : isNew ? new(1) : EventId.Before(jobEvent, jobEvent.Seq));
            if (isNew && await jobs.FindAsync(jobId, CancellationToken.None) is { } status)
            {
                Tell(StatusEvents.Accepted(jobId, status.Owner, status.Type, status.Queue, status.CreatedAt));
            }
        }

        await TellAsync(jobId, job, await job.Follower.FollowAsync(new(jobEvent), CancellationToken.None));
    }

    private async Task CatchUpAsync(Guid jobId)
    {
        if (followed.TryGetValue(jobId, out var job))
        {
            await TellAsync(jobId, job, await job.Follower.CatchUpAsync(CancellationToken.None));
        }
    }

    private async Task LookAsync()
    {
        var now = time.GetUtcNow();
        neededAt = clients.IsEmpty ? neededAt : now;
        if (neededAt + Patience < now)
        {
            Stop();
            return;
        }

        foreach (var accepted in (await jobs.FindNewAsync(owner, now - Doubt > since ? now - Doubt : since, CancellationToken.None)).Reverse())
        {
            if (!followed.ContainsKey(accepted.JobId) && !ended.ContainsKey(accepted.JobId))
            {
                Tell(accepted);
                Follow(accepted.JobId, EventId.Of(accepted));
                await CatchUpAsync(accepted.JobId);
            }
        }

        foreach (var jobId in ended.Where(job => job.Value.At + (2 * Doubt) < now).Select(job => job.Key).ToList())
        {
            ended.Remove(jobId);
        }
    }

    private async Task LetJoinAsync(FeedWork.Join join)
    {
        try
        {
            var told = join.LastId is { } lastId && log.After(lastId) is { } missed ? missed : await BeginAsync(join.LastId);
            clients.Add(join.Inbox);
            if (!join.Told.TrySetResult(told))
            {
                clients.Remove(join.Inbox); // The client left meanwhile.
            }
        }
        catch (NpgsqlException exception)
        {
            join.Told.TrySetException(exception);
        }
    }

    private async Task<List<Heard>> BeginAsync(string? lastId)
    {
        var told = new List<JobEvent>();
        if (lastId is not null)
        {
            told.Add(snapshots.GapAfter(lastId));
        }

        told.Add(await snapshots.ReadAsync());
        foreach (var (jobId, job) in followed.Where(job => job.Value.Follower.Position.Offset > 0))
        {
            told.Add(await snapshots.ReadTextAsync(jobId, job.Follower.Position));
        }

        // A client that has only the first of them can't go on from there: it begins anew.
        return [.. told[..^1].Select(jobEvent => new Heard(jobEvent, log.IdOfOpening)), new Heard(told[^1], log.Id)];
    }

    private FeedJob Follow(Guid jobId, EventId position)
    {
        // The hub sees to it that nothing of the job is missed; its events come by its owner.
        var listener = hub.Listen(jobId, _ => { }, () => Post(new FeedWork.Missed(jobId)));
        listener.RaiseTo(position.Seq);
        return followed[jobId] = new(new(jobId, position, backlogs), listener);
    }

    private async Task TellAsync(Guid jobId, FeedJob job, IReadOnlyList<JobEvent> events)
    {
        foreach (var jobEvent in events)
        {
            if (jobEvent.Name == JobBacklog.Connected)
            {
                Tell(await snapshots.ReadAsync()); // After a gap; here the snapshot is of all jobs.
            }
            else
            {
                Tell(jobEvent);
            }
        }

        job.Listener.RaiseTo(job.Follower.Position.Seq);
        if (job.Follower.IsFinal)
        {
            job.Listener.Dispose();
            followed.Remove(jobId);
            ended[jobId] = (job.Follower.Position.Seq, time.GetUtcNow());
        }
    }

    private void Tell(JobEvent jobEvent) => clients.Tell(log.Add(jobEvent));

    // The first 48 bits of a UUID of version 7 are Unix milliseconds (RFC 9562).
    private static DateTimeOffset CreatedAt(Guid jobId) =>
        DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(jobId.ToString("n")[..12], 16));
}
