using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Providers.Guard;
using Providers.Guard.Throttling;
using StackExchange.Redis;

namespace Providers;

/// <summary>The throttles of this process, one for each provider or model, and the loop that keeps them in step with the fleet.</summary>
public sealed class Throttles : BackgroundService
{
    private readonly ConcurrentDictionary<ProviderKey, Throttle> throttles = new();
    private readonly IConnectionMultiplexer? redis;
    private readonly FleetSize fleetSize;
    private readonly TimeProvider time;
    private readonly ProcessClock clock;
    private readonly ILogger logger;

    internal Throttles(IConnectionMultiplexer? redis, FleetSize fleetSize, TimeProvider time, ILogger<Throttles> logger)
    {
        (this.redis, this.fleetSize, this.time, this.logger) = (redis, fleetSize, time, logger);
        clock = new(time);
        if (redis is not null)
        {
            redis.ConnectionFailed += OnConnectionFailed;
        }
    }

    internal ProcessClock Clock => clock;

    internal TimeSpan Interval { get; init; } = new ThrottleTiming().Beat;

    /// <returns>The throttle of a provider; the same one each time. Its limits are those of the first call.</returns>
    public Throttle For(ProviderKey provider, ThrottleOptions limits) =>
        throttles.GetOrAdd(provider, key => new(key, limits, redis, fleetSize, clock, logger));

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (redis is not null)
        {
            redis.ConnectionFailed -= OnConnectionFailed;
        }

        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await Task.WhenAll(throttles.Values.Select(throttle => throttle.BeatAsync()));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void OnConnectionFailed(object? sender, ConnectionFailedEventArgs lost)
    {
        if (lost.ConnectionType == ConnectionType.Interactive)
        {
            foreach (var throttle in throttles.Values)
            {
                throttle.Disconnected();
            }
        }
    }
}
