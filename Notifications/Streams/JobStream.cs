using Npgsql;
using Queueing;

namespace Notifications.Streams;

/// <summary>Writes one job's events to one client: a snapshot or what it missed, then what happens, to the end.</summary>
internal sealed class JobStream(JobEventHub hub, BacklogReader backlogs, OpenStreams streams)
{
    /// <param name="jobId">A job that exists.</param>
    /// <param name="last">The id of the last event that the client has, or null for a new client.</param>
    /// <param name="expiresAt">When the caller may follow no longer; null for never.</param>
    /// <param name="context">The client's request.</param>
    public async Task WriteAsync(Guid jobId, EventId? last, DateTimeOffset? expiresAt, HttpContext context)
    {
        var gone = context.RequestAborted;
        using var stream = streams.Open(context, expiresAt);
        try
        {
            // Listening starts before the snapshot is read: what happens between the two is told twice here, once to the client.
            using var listener = hub.Listen(jobId, stream.Inbox.Add, () => stream.Inbox.Signal(Signals.Missed));
            var follower = new JobFollower(jobId, last, backlogs);
            var backlog = await follower.BeginAsync(gone);
            await stream.StartAsync(gone);
            await WriteAsync(stream, backlog, gone);
            while (!follower.IsFinal)
            {
                listener.RaiseTo(follower.Position.Seq);
                var (signals, events) = await stream.Inbox.TakeAsync(gone);
                if (signals.HasFlag(Signals.Missed))
                {
                    await WriteAsync(stream, await follower.CatchUpAsync(gone), gone);
                }

                foreach (var heard in events)
                {
                    await WriteAsync(stream, await follower.FollowAsync(heard, gone), gone);
                }

                if (await stream.EndsAsync(signals, streams, gone))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The client left.
        }
        catch (NpgsqlException) when (context.Response.HasStarted)
        {
            // The stream can't be told to its end; the client comes back with the id of the last event that it has.
        }
    }

    private static async ValueTask WriteAsync(OpenStream stream, IReadOnlyList<JobEvent> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return;
        }

        foreach (var jobEvent in events)
        {
            stream.Write(jobEvent, EventId.Of(jobEvent).ToString());
        }

        await stream.FlushAsync(cancellationToken);
    }
}
