using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Queueing;

/// <summary>
/// Brings events to the listeners of this process: from Redis as they happen and, once a second, from the database for
/// whatever Redis lost, with one query for all jobs that have listeners.
/// </summary>
public sealed partial class JobEventHub(
    JobEventLog log, JobReader jobs, TimeProvider time, ILogger<JobEventHub> logger) : BackgroundService
{
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, ImmutableList<JobListener>> listeners = new();
    private Dictionary<Guid, long> seenBefore = [];
    private bool failing;

    /// <summary>Begins to hear what happens to a job, until the listener is disposed.</summary>
    public JobListener Listen(Guid jobId)
    {
        var listener = new JobListener(jobId, Remove);
        listeners.AddOrUpdate(jobId, static (_, own) => [own], static (_, others, own) => others.Add(own), listener);
        return listener;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var subscribed = false;
        using var timer = new PeriodicTimer(CheckInterval, time);
        do
        {
            subscribed = subscribed || await log.TrySubscribeAsync(Dispatch, listeners.ContainsKey);
            await CheckAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Asks the database how far the listened jobs have come, and tells those listeners that have not heard of it.</summary>
    internal async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (listeners.IsEmpty)
        {
            seenBefore = [];
            return;
        }

        try
        {
            var positions = await jobs.FindPositionsAsync([.. listeners.Keys], cancellationToken);
            foreach (var (jobId, seq) in positions)
            {
                // What is seen for the first time may be on its way through Redis, and what is told here would overtake it.
                var due = log.IsReachable ? seenBefore.GetValueOrDefault(jobId) : seq;
                if (ListenersOf(jobId).Any(listener => listener.Seen < due) && await jobs.FindAsync(jobId, cancellationToken) is { } status)
                {
                    Dispatch(StatusEvents.From(status));
                }
            }

            (seenBefore, failing) = (positions, false);
        }
        catch (NpgsqlException exception)
        {
            if (!failing)
            {
                failing = true;
                LogUnreachable(exception.Message);
            }
        }
    }

    private void Dispatch(JobEvent jobEvent)
    {
        foreach (var listener in ListenersOf(jobEvent.JobId))
        {
            listener.Offer(jobEvent);
        }
    }

    private ImmutableList<JobListener> ListenersOf(Guid jobId) => listeners.GetValueOrDefault(jobId, []);

    private void Remove(JobListener listener)
    {
        while (listeners.TryGetValue(listener.JobId, out var current))
        {
            var rest = current.Remove(listener);
            if (rest.IsEmpty
                ? listeners.TryRemove(new(listener.JobId, current))
                : listeners.TryUpdate(listener.JobId, rest, current))
            {
                return;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database can't be asked for missed events ({Reason}); listeners hear only what Redis brings until it can")]
    private partial void LogUnreachable(string reason);
}
