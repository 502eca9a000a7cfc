using System.Diagnostics;
using System.Text.Json;
using Queueing;

namespace Notifications.Streams;

/// <summary>Writes one job's events to one client: a snapshot or what it missed, then what happens, to the end.</summary>
internal sealed class JobStream(JobEventHub hub, JobReader jobs, JobEventLog log, TimeProvider time, IHostApplicationLifetime lifetime)
{
    public const string SourceName = "Notifications";

    private static readonly ActivitySource Source = new(SourceName);
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    /// <param name="jobId">A job that exists.</param>
    /// <param name="lastEventId">The id of the last event that the client has, or null for a new client.</param>
    /// <param name="context">The client's request.</param>
    public async Task WriteAsync(Guid jobId, long? lastEventId, HttpContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var writer = new SseWriter(context.Response);
        try
        {
            // Listening starts before the snapshot is read: what happens between the two is told twice here, once to the client.
            using var listener = hub.Listen(jobId);
            await writer.StartAsync(Retry, ended.Token);
            await foreach (var jobEvent in FollowAsync(listener, lastEventId, writer, ended.Token))
            {
                using var activity = Source.StartActivity(
                    $"deliver {jobEvent.Name}", ActivityKind.Consumer, ActivityContext.TryParse(jobEvent.TraceParent, null, true, out var parent) ? parent : default);
                await writer.WriteEventAsync(jobEvent.Name, jobEvent.Seq, jobEvent.Data.GetRawText(), ended.Token);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The client left, or the service stops: the client comes back with the id of the last event that it has.
        }
    }

    private async IAsyncEnumerable<JobEvent> FollowAsync(
        JobListener listener,
        long? lastEventId,
        SseWriter writer,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var backlog = await JobBacklog.ReadAsync(listener.JobId, lastEventId, jobs, log, cancellationToken);
        listener.RaiseTo(backlog.Position);
        foreach (var jobEvent in backlog.Events)
        {
            yield return jobEvent;
        }

        var position = backlog.Position;
        var isFinal = backlog.IsFinal;
        while (!isFinal)
        {
            var jobEvent = await NextAsync(listener, writer, cancellationToken);
            if (jobEvent.Seq > position)
            {
                (position, isFinal) = (jobEvent.Seq, jobEvent.IsFinal);
                yield return jobEvent;
            }
        }
    }

    private async Task<JobEvent> NextAsync(JobListener listener, SseWriter writer, CancellationToken cancellationToken)
    {
        var next = listener.Events.WaitToReadAsync(cancellationToken).AsTask();
        while (await Task.WhenAny(next, Task.Delay(HeartbeatInterval, time, cancellationToken)) != next)
        {
            await writer.WriteHeartbeatAsync(cancellationToken);
        }

        await next;
        return await listener.Events.ReadAsync(cancellationToken);
    }
}
