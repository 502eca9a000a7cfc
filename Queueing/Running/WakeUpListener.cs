using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Queueing.Events;
using StackExchange.Redis;

namespace Queueing.Running;

/// <summary>Hears that a queue of this process has a new job, so that the pump need not wait for its next poll.</summary>
internal sealed class WakeUpListener(
    JobTypes types, IOptions<JobWorkerOptions> options, TimeProvider time, IConnectionMultiplexer? redis = null) : BackgroundService
{
    private readonly string[] queues = types.Queues;
    private TaskCompletionSource woken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next wake-up. Take it before looking for jobs, or one between the two is missed.</summary>
    public Task NextWakeUp => Volatile.Read(ref woken).Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (redis is null)
        {
            return;
        }

        // Once subscribed, the client renews the subscription by itself after every lost connection.
        using var timer = new PeriodicTimer(options.Value.PollInterval, time);
        while (!await TrySubscribeAsync(redis))
        {
            await timer.WaitForNextTickAsync(stoppingToken);
        }
    }

    internal void Wake() => Interlocked.Exchange(ref woken, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    private async Task<bool> TrySubscribeAsync(IConnectionMultiplexer connected)
    {
        try
        {
            await connected.GetSubscriber().SubscribeAsync(RedisKeys.WakeUp, (_, queue) =>
            {
                if (queues.Contains((string?)queue))
                {
                    Wake();
                }
            });
            return true;
        }
        catch (Exception exception) when (exception is RedisException or RedisTimeoutException)
        {
            return false;
        }
    }
}
