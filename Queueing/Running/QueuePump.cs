using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;
using Queueing.Store;

namespace Queueing.Running;

/// <summary>Claims jobs of one queue for the slots that are free, and a few to follow, and lets each run in a slot.</summary>
/// <remarks>A slot is held while a handler runs; its outcome is recorded after that, together with others.</remarks>
internal sealed partial class QueuePump(
    string queue,
    QueueSlots slots,
    Prefetch prefetch,
    PumpServices services,
    ILogger<QueuePump> logger,
    CancellationToken giveUp)
{
    private const int LargestClaim = 1000;

    private readonly ConcurrentQueue<(Attempt Attempt, DateTimeOffset ClaimedAt)> ready = new();
    private TaskCompletionSource runningLow = NewSource();
    private bool failing;
    private volatile bool unsure;

    // A statement may be committed long after its connection was given up, so this session may come to hold a job at any time.
    private long releasedAt;

    /// <summary>Works until the stop, then hands back what it has not begun.</summary>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                stoppingToken.ThrowIfCancellationRequested();
                var wakeUp = services.WakeUps.Next(queue);
                if (!await RunOnceAsync(stoppingToken))
                {
                    await Task.WhenAny(wakeUp, Task.Delay(services.Options.PollInterval, services.Time, stoppingToken));
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await HandBackReadyAsync();
        }
    }

    /// <summary>Waits for a slot, or for the jobs held ready to run low, and claims what there is room for.</summary>
    /// <returns>Whether there may be more to do at once.</returns>
    internal async Task<bool> RunOnceAsync(CancellationToken stoppingToken)
    {
        var session = await services.Sessions.CurrentAsync(stoppingToken);
        var low = Volatile.Read(ref runningLow);
        await Task.WhenAny(slots.TakeAsync(stoppingToken), low.Task);
        stoppingToken.ThrowIfCancellationRequested();
        if (low.Task.IsCompleted)
        {
            Volatile.Write(ref runningLow, NewSource());
        }

        var free = slots.TakeAll();
        while (free > 0 && ready.TryDequeue(out var next))
        {
            Start(next);
            free--;
        }

        var limits = services.Queues[queue];
        var room = Math.Min(LargestClaim, free + (limits.HasCaps ? 0 : Math.Max(0, prefetch.Size - ready.Count)));
        if (room == 0)
        {
            return true;
        }

        try
        {
            if (unsure || services.Time.GetElapsedTime(releasedAt) > 3 * services.Options.Heartbeat)
            {
                unsure = false;
                await ReleaseUnknownAsync(session);
            }

            var claimedAt = services.Time.GetUtcNow();
            var claimed = await services.Claims.ClaimAsync(session.Id, queue, room, limits, services.Held.RoomForSuspects, stoppingToken);
            failing = false;
            foreach (var job in claimed)
            {
                var attempt = new Attempt(job);
                services.Held.Add(attempt);
                if (free > 0)
                {
                    Start((attempt, claimedAt));
                    free--;
                }
                else
                {
                    ready.Enqueue((attempt, claimedAt));
                }
            }

            return claimed.Count == room || !ready.IsEmpty;
        }
        catch (NpgsqlException exception)
        {
            // Cut off after its commit, a claim leaves jobs that this session holds and nobody runs.
            unsure = true;
            if (!failing)
            {
                failing = true;
                LogUnreachable(queue, exception.Message);
            }

            return false;
        }
        catch (OperationCanceledException)
        {
            unsure = true;
            throw;
        }
        finally
        {
            slots.Release(free);
        }
    }

    private void Start((Attempt, DateTimeOffset) first) => _ = Task.Run(() => RunSlotAsync(first), CancellationToken.None);

    private async Task RunSlotAsync((Attempt Attempt, DateTimeOffset ClaimedAt) next)
    {
        do
        {
            var recording = Task.CompletedTask;
            try
            {
                var began = services.Time.GetTimestamp();
                recording = await services.Runner.HandleAsync(next.Attempt, next.ClaimedAt, giveUp);
                prefetch.Ran(services.Time.GetElapsedTime(began));
            }
            catch (Exception exception)
            {
                recording = Task.FromException(exception);
            }

            await services.Unrecorded.WaitAsync(CancellationToken.None);
            _ = AwaitRecordAsync(next.Attempt, recording);
        }
        while (!slots.OthersWait && TryTakeReady(out next));

        slots.Release();
    }

    private bool TryTakeReady(out (Attempt, DateTimeOffset) next)
    {
        var taken = ready.TryDequeue(out next);
        if (taken && ready.Count <= prefetch.Size / 2)
        {
            Volatile.Read(ref runningLow).TrySetResult();
        }

        return taken;
    }

    private async Task AwaitRecordAsync(Attempt attempt, Task recording)
    {
        var broke = false;
        try
        {
            await recording;
        }
        catch (Exception exception)
        {
            // Not the handler's doing, but the queue's own: nothing was recorded, so the job goes back.
            LogAttemptBroke(exception, attempt.Job.Id);
            broke = true;
        }

        services.Held.Remove(attempt);
        services.Unrecorded.Release();
        if (broke)
        {
            unsure = true; // Now that it is not held any more: what is held doesn't go back.
        }

        if (services.Queues[queue].HasCaps)
        {
            services.WakeUp.Signal(queue, long.MaxValue); // There may be room for another one, anywhere in the fleet.
        }
    }

    private async Task HandBackReadyAsync()
    {
        while (ready.TryDequeue(out var next))
        {
            services.Held.Remove(next.Attempt);
            unsure = true;
        }

        if (!unsure)
        {
            return;
        }

        try
        {
            await ReleaseUnknownAsync(await services.Sessions.CurrentAsync(giveUp));
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException)
        {
            LogNotHandedBack(queue, exception.Message);
        }
    }

    private async Task ReleaseUnknownAsync(WorkerSession session)
    {
        releasedAt = services.Time.GetTimestamp();
        var released = await services.Claims.ReleaseHeldAsync(session.Id, queue, services.Held.Jobs, CancellationToken.None);
        if (released.Count == 0)
        {
            return;
        }

        LogReleased(released.Count, queue);
        foreach (var job in released)
        {
            services.Events.Released(job);
        }

        services.WakeUp.Signal(queue, long.MinValue);
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No jobs of queue {Queue} can be claimed ({Reason}); they wait until the database is back")]
    private partial void LogUnreachable(string queue, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The attempt at job {JobId} could not be recorded; the job waits again")]
    private partial void LogAttemptBroke(Exception exception, Guid jobId);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} jobs of queue {Queue} that were claimed but not begun wait again")]
    private partial void LogReleased(int count, string queue);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Jobs of queue {Queue} that were not begun can't be handed back ({Reason}); they go back when the session's lease has run out")]
    private partial void LogNotHandedBack(string queue, string reason);
}
