using Microsoft.Extensions.Logging.Abstractions;
using Providers.Guard.Throttling;
using StackExchange.Redis;

namespace Providers.Tests.Guard;

/// <summary>What stands for a worker process: its own connection to Redis, and its own throttles on it.</summary>
internal sealed class FleetMember : IAsyncDisposable
{
    public static readonly ProviderKey Provider = new("somebody", "large");

    private readonly IConnectionMultiplexer redis;
    private readonly Throttles throttles;

    private FleetMember(IConnectionMultiplexer redis, int fleet, ThrottleOptions limits)
    {
        this.redis = redis;
        throttles = new(redis, () => fleet, TimeProvider.System, NullLogger<Throttles>.Instance) { Interval = limits.Timing.Beat };
        Throttle = throttles.For(Provider, limits);
    }

    public Throttle Throttle { get; }

    public static async Task<FleetMember[]> StartAsync(TestRedis redis, int count, ThrottleOptions limits)
    {
        var members = await Task.WhenAll(Enumerable.Range(0, count).Select(async _ => new FleetMember(await ConnectAsync(redis), count, limits)));
        foreach (var member in members)
        {
            await member.throttles.StartAsync(TestContext.Current.CancellationToken);
            await Eventually.TrueAsync(() => member.Throttle.IsInStep);
        }

        return members;
    }

    public static async Task<IConnectionMultiplexer> ConnectAsync(TestRedis redis) =>
        await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString + ",connectTimeout=10000,connectRetry=5,allowAdmin=true");

    public async ValueTask<ThrottleLease> AcquireAsync(long tokens = 0) =>
        await Throttle.AcquireAsync(tokens, TestContext.Current.CancellationToken);

    /// <summary>Ends it without a goodbye: what it had under way is never ended.</summary>
    public async Task KillAsync()
    {
        await throttles.StopAsync(TestContext.Current.CancellationToken);
        await redis.CloseAsync(allowCommandsToComplete: false);
    }

    public async ValueTask DisposeAsync()
    {
        await throttles.StopAsync(CancellationToken.None);
        throttles.Dispose();
        await redis.DisposeAsync();
    }
}
