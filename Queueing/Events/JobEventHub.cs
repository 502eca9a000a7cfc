using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Queueing;

/// <summary>
/// Brings events to the listeners of this process: from Redis as they happen. Once a second it looks in the database for
/// whatever Redis lost, with a query for each thousand jobs that have listeners.
/// </summary>
public sealed partial class JobEventHub(
    JobEventLog log, JobReader jobs, TimeProvider time, ILogger<JobEventHub> logger) : BackgroundService
{
    // Larger arrays than these need would be large objects, of which only a full garbage collection frees the process.
    private const int MostAskedAtOnce = 1000;

    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, ImmutableArray<JobListener>> listeners = new();
    private ImmutableArray<OwnerListener> owners = [];
    private bool failing;

    /// <summary>Begins to follow a job, until the listener is disposed. The actions are called from any thread and must not block.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="heard">Told each event as it comes: one may come twice, and one of another process may overtake another.</param>
    /// <param name="missed">Told that the job has changed though no event came: it has to be read.</param>
    public JobListener Listen(Guid jobId, Action<JobEvent> heard, Action missed)
    {
        var listener = new JobListener(jobId, heard, missed, Remove);
        listeners.AddOrUpdate(jobId, static (_, own) => [own], static (_, others, own) => others.Add(own), listener);
        return listener;
    }

    /// <summary>Begins to hear the events of all jobs of an owner, known or new, until disposed: only what Redis brings.</summary>
    /// <param name="owner">The owner, or null: everybody's.</param>
    /// <param name="heard">Told each event as it comes; from any thread, and must not block.</param>
    public IDisposable ListenToOwner(string? owner, Action<JobEvent> heard)
    {
        var listener = new OwnerListener(owner, heard, Remove);
        ImmutableInterlocked.Update(ref owners, static (others, own) => others.Add(own), listener);
        return listener;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var subscribed = false;
        using var timer = new PeriodicTimer(CheckInterval, time);
        do
        {
            subscribed = subscribed || await log.TrySubscribeAsync(Dispatch, IsWanted);
            await CheckAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Asks the database how far the followed jobs have come, and tells those listeners that have not heard of it.</summary>
    internal async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var asked in listeners.Select(job => job.Key).Chunk(MostAskedAtOnce))
            {
                foreach (var (jobId, seq) in await jobs.FindPositionsAsync(asked, cancellationToken))
                {
                    foreach (var listener in ListenersOf(jobId))
                    {
                        listener.Check(seq, mayBeOnItsWay: log.IsReachable);
                    }
                }
            }

            failing = false;
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

    private bool IsWanted(Guid jobId, string owner) => listeners.ContainsKey(jobId) || owners.Any(listener => listener.Wants(owner));

    private void Dispatch(JobEvent jobEvent)
    {
        foreach (var listener in ListenersOf(jobEvent.JobId))
        {
            listener.Hear(jobEvent);
        }

        foreach (var listener in owners)
        {
            listener.Hear(jobEvent);
        }
    }

    private ImmutableArray<JobListener> ListenersOf(Guid jobId) => listeners.GetValueOrDefault(jobId, []);

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

    private void Remove(OwnerListener listener) => ImmutableInterlocked.Update(ref owners, static (all, own) => all.Remove(own), listener);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database can't be asked for missed events ({Reason}); listeners hear only what Redis brings until it can")]
    private partial void LogUnreachable(string reason);

    private sealed class OwnerListener(string? owner, Action<JobEvent> heard, Action<OwnerListener> remove) : IDisposable
    {
        public bool Wants(string ofOwner) => owner is null || owner == ofOwner;

        public void Hear(JobEvent jobEvent)
        {
            if (Wants(jobEvent.Owner))
            {
                heard(jobEvent);
            }
        }

        public void Dispose() => remove(this);
    }
}
