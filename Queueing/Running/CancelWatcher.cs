using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Queueing.Events;
using Queueing.Store;
using StackExchange.Redis;

namespace Queueing.Running;

/// <summary>Ends attempts at jobs that somebody called off: at once by Redis' word, else within half a second by the database's.</summary>
internal sealed partial class CancelWatcher(
    AttemptStore store,
    SessionKeeper sessions,
    HeldAttempts held,
    TimeProvider time,
    ILogger<CancelWatcher> logger,
    IConnectionMultiplexer? redis = null) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private bool failing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var subscribed = redis is null;
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            subscribed = subscribed || await TrySubscribeAsync(redis!);
            await RunOnceAsync(stoppingToken);
        }
    }

    internal async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        if (held.Count == 0 || sessions.Current is not { } session)
        {
            return;
        }

        try
        {
            foreach (var jobId in await store.FindCancelRequestsAsync(session.Id, stoppingToken))
            {
                Cancel(jobId);
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

    private void Cancel(Guid jobId) => held.Interrupt(Interruption.Cancelled, attempt => attempt.Job.Id == jobId);

    private async Task<bool> TrySubscribeAsync(IConnectionMultiplexer connected)
    {
        try
        {
            await connected.GetSubscriber().SubscribeAsync(RedisKeys.Cancel, (_, message) =>
            {
                if (Guid.TryParse((string?)message, out var jobId))
                {
                    Cancel(jobId);
                }
            });
            return true;
        }
        catch (Exception exception) when (RedisFailure.Is(exception))
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database can't be asked which running jobs were called off ({Reason}); they go on until it can")]
    private partial void LogUnreachable(string reason);
}
