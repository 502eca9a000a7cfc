using System.Diagnostics;
using System.Runtime.CompilerServices;
using Queueing;

namespace Notifications.Streams;

/// <summary>Writes one job's events to one client: a snapshot or what it missed, then what happens, to the end.</summary>
internal sealed class JobStream(JobEventHub hub, BacklogReader backlogs, TimeProvider time, IHostApplicationLifetime lifetime)
{
    public const string SourceName = "Notifications";

    private static readonly ActivitySource Source = new(SourceName);
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    /// <param name="jobId">A job that exists.</param>
    /// <param name="last">The id of the last event that the client has, or null for a new client.</param>
    /// <param name="context">The client's request.</param>
    public async Task WriteAsync(Guid jobId, EventId? last, HttpContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var writer = new SseWriter(context.Response);
        try
        {
            // Listening starts before the snapshot is read: what happens between the two is told twice here, once to the client.
            using var listener = hub.Listen(jobId);
            await writer.StartAsync(Retry, ended.Token);
            await foreach (var jobEvent in FollowAsync(listener, last, writer, ended.Token))
            {
                using var activity = Source.StartActivity(
                    $"deliver {jobEvent.Name}", ActivityKind.Consumer, ActivityContext.TryParse(jobEvent.TraceParent, null, true, out var parent) ? parent : default);
                await writer.WriteEventAsync(jobEvent.Name, EventId.Of(jobEvent), jobEvent.Data.GetRawText(), ended.Token);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The client left, or the service stops: the client comes back with the id of the last event that it has.
        }
    }

    private async IAsyncEnumerable<JobEvent> FollowAsync(
        JobListener listener, EventId? last, SseWriter writer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JobEvent? heard = null;
        while (true)
        {
            var backlog = await backlogs.ReadAsync(listener.JobId, last, heard, cancellationToken);
            listener.RaiseTo(backlog.Position.Seq);
            foreach (var jobEvent in backlog.Events)
            {
                yield return jobEvent;
            }

            var (position, isFinal) = (backlog.Position, backlog.IsFinal);
            while (!isFinal)
            {
                heard = await NextAsync(listener, writer, cancellationToken);
                if (EventId.Of(heard) <= position)
                {
                    continue;
                }

                if (!position.IsFollowedBy(EventId.Of(heard)))
                {
                    break;
                }

                (position, isFinal) = (EventId.Of(heard), heard.IsFinal);
                yield return heard;
            }

            if (isFinal)
            {
                yield break;
            }

            // A hole is filled as for a client that comes back.
            last = position;
        }
    }

    private async Task<JobEvent> NextAsync(JobListener listener, SseWriter writer, CancellationToken cancellationToken)
    {
        if (listener.Events.TryRead(out var waiting))
        {
            return waiting;
        }

        var next = listener.Events.ReadAsync(cancellationToken).AsTask();
        while (!next.IsCompleted)
        {
            using var heard = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            if (await Task.WhenAny(next, Task.Delay(HeartbeatInterval, time, heard.Token)) != next)
            {
                await writer.WriteHeartbeatAsync(cancellationToken);
            }

            await heard.CancelAsync();
        }

        return await next;
    }
}
