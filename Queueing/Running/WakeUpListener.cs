using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Queueing.Events;
using Queueing.Store;
using StackExchange.Redis;

namespace Queueing.Running;

/// <summary>Hears that a queue has new jobs, so that its pump need not wait for its next poll.</summary>
internal sealed class WakeUpListener(
    WakeUps wakeUps, JobWakeUp local, QueueFloors floors, IOptions<JobWorkerOptions> options, TimeProvider time, IConnectionMultiplexer? redis = null)
    : BackgroundService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        local.Raised += Hear;
        return base.StartAsync(cancellationToken);
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        local.Raised -= Hear;
        return base.StopAsync(cancellationToken);
    }

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

    private void Hear(string queue, long rank)
    {
        floors.Lower(queue, rank);
        wakeUps.Wake(queue);
    }

    private async Task<bool> TrySubscribeAsync(IConnectionMultiplexer connected)
    {
        try
        {
            await connected.GetSubscriber().SubscribeAsync(RedisKeys.WakeUp, (_, message) =>
            {
                if (JobWakeUp.Parse(message) is var (queue, rank))
                {
                    Hear(queue, rank);
                }
            });
            return true;
        }
        catch (Exception exception) when (RedisFailure.Is(exception))
        {
            return false;
        }
    }
}
