using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Queueing.Store;

namespace Queueing.Running;

/// <summary>Claims jobs for this process's free slots and lets each run in one.</summary>
internal sealed partial class JobPump(
    JobStore store,
    JobTypes types,
    SessionKeeper sessions,
    WakeUpListener wakeUps,
    JobRunner runner,
    IOptions<JobWorkerOptions> options,
    TimeProvider time,
    ILogger<JobPump> logger) : BackgroundService
{
    private readonly SemaphoreSlim freeSlots = new(options.Value.Concurrency);
    private readonly ConcurrentDictionary<(Guid JobId, short Attempt), Task> running = new();
    private readonly string[] queues = types.Queues;
    private bool failing;
    private volatile bool unsure;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var handBack = new CancellationTokenSource();
        try
        {
            while (true)
            {
                var wakeUp = wakeUps.NextWakeUp;
                if (!await RunOnceAsync(handBack.Token, stoppingToken))
                {
                    await Task.WhenAny(wakeUp, Task.Delay(options.Value.PollInterval, time, stoppingToken));
                    stoppingToken.ThrowIfCancellationRequested();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await DrainAsync(handBack);
        }
    }

    /// <summary>Waits for a free slot and starts as many due jobs as there are slots.</summary>
    /// <returns>Whether every free slot was filled, so that there may be more to do at once.</returns>
    internal async Task<bool> RunOnceAsync(CancellationToken handBack, CancellationToken stoppingToken)
    {
        var session = await sessions.CurrentAsync(stoppingToken);
        await freeSlots.WaitAsync(stoppingToken);
        var slots = 1;
        while (freeSlots.Wait(0, CancellationToken.None))
        {
            slots++;
        }

        var started = 0;
        try
        {
            if (unsure)
            {
                unsure = false;
                await ReleaseUnknownAsync(session, stoppingToken);
            }

            var claimedAt = time.GetUtcNow();
            var claimed = await store.ClaimAsync(session.Id, queues, slots, stoppingToken);
            failing = false;
            foreach (var job in claimed)
            {
                Start(job, session, claimedAt, handBack);
                started++;
            }
        }
        catch (NpgsqlException exception)
        {
            // Cut off after its commit, a claim leaves jobs that this session holds and nobody runs.
            unsure = true;
            if (!failing)
            {
                failing = true;
                LogUnreachable(exception.Message);
            }
        }
        finally
        {
            if (started < slots)
            {
                freeSlots.Release(slots - started);
            }
        }

        return started == slots;
    }

    private void Start(ClaimedJob job, WorkerSession session, DateTimeOffset claimedAt, CancellationToken handBack)
    {
        var attempt = Task.Run(() => runner.RunAsync(job, session, claimedAt, handBack), CancellationToken.None);
        running[(job.Id, job.Attempt)] = attempt;
        attempt.ContinueWith(
            ended =>
            {
                running.TryRemove((job.Id, job.Attempt), out Task? _);
                if (ended.IsFaulted)
                {
                    // Not the handler's doing, but the queue's own: nothing was recorded, so the job goes back.
                    LogAttemptBroke(ended.Exception.GetBaseException(), job.Id);
                    unsure = true;
                }

                freeSlots.Release();
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
    }

    private async Task ReleaseUnknownAsync(WorkerSession session, CancellationToken cancellationToken)
    {
        if (await store.ReleaseHeldAsync(session.Id, [.. running.Keys.Select(key => key.JobId)], cancellationToken) is > 0 and var released)
        {
            LogReleased(released);
        }
    }

    private async Task DrainAsync(CancellationTokenSource handBack)
    {
        var left = Task.WhenAll(running.Values);
        if (!left.IsCompleted)
        {
            LogDraining(running.Count, options.Value.DrainGrace);
            await left.WaitAsync(options.Value.DrainGrace, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // Handlers that ignore their token are left behind; their session's end gives their jobs back.
        await handBack.CancelAsync();
        await left.WaitAsync(TimeSpan.FromSeconds(1), time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No jobs can be claimed ({Reason}); they wait until the database is back")]
    private partial void LogUnreachable(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The attempt at job {JobId} could not be recorded; the job waits again")]
    private partial void LogAttemptBroke(Exception exception, Guid jobId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} jobs were claimed in an answer that never came; they wait again")]
    private partial void LogReleased(int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopping: {Count} running jobs have {Grace} to end, then they are handed back")]
    private partial void LogDraining(int count, TimeSpan grace);
}
