using System.Diagnostics;
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
    private readonly TimeSpan clockBegan;

    private FleetMember(IConnectionMultiplexer redis, int fleet, ThrottleOptions limits)
    {
        this.redis = redis;
        throttles = new(redis, () => fleet, TimeProvider.System, NullLogger<Throttles>.Instance) { Interval = limits.Timing.Beat };
        Throttle = throttles.For(Provider, limits);
        clockBegan = Stopwatch.GetElapsedTime(0) - TimeSpan.FromMilliseconds(throttles.Clock.Now);
    }

    public Throttle Throttle { get; }

    /// <param name="redis">What they share.</param>
    /// <param name="count">How many.</param>
    /// <param name="limits">Their limits.</param>
    /// <param name="fleet">How many each takes them to be; 1 makes each one's share the whole limit.</param>
    public static async Task<FleetMember[]> StartAsync(TestRedis redis, int count, ThrottleOptions limits, int? fleet = null)
    {
        var members = await Task.WhenAll(Enumerable.Range(0, count).Select(async _ => new FleetMember(await ConnectAsync(redis), fleet ?? count, limits)));
        foreach (var member in members)
        {
            await member.throttles.StartAsync(TestContext.Current.CancellationToken);
            await Eventually.TrueAsync(() => member.Throttle.IsInStep);
        }

        return members;
    }

    /// <summary>The same, when the time is over in which each keeps to its share because the log is new.</summary>
    public static async Task<FleetMember[]> StartInStepAsync(TestRedis redis, int count, ThrottleOptions limits)
    {
        var members = await StartAsync(redis, count, limits);
        await Eventually.TrueAsync(() => members.All(member => !member.Throttle.KeepsToShare));
        return members;
    }

    public static Task EndAsync(FleetMember[] members) => Task.WhenAll(members.Select(member => member.DisposeAsync().AsTask()));

    public static async Task<IConnectionMultiplexer> ConnectAsync(TestRedis redis) =>
        await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString + ",connectTimeout=10000,connectRetry=5,allowAdmin=true");

    public async ValueTask<ThrottleLease> AcquireAsync(long tokens = 0) =>
        await Throttle.AcquireAsync(tokens, TestContext.Current.CancellationToken);

    /// <summary>When a call was let through, by a clock that all members have. When its caller went on says how busy this machine is.</summary>
    public TimeSpan TimeOf(ThrottleLease lease) => clockBegan + TimeSpan.FromMilliseconds(lease.Began);

    /// <summary>How many requests are in the shared log, those among them that are still to come.</summary>
    public async Task<int> CountRequestsAsync() => (int)await redis.GetDatabase().HashGetAsync($"guard:{{{Provider}}}:log", "r");

    public async Task<int> CountTokensAsync() => (int)await redis.GetDatabase().HashGetAsync($"guard:{{{Provider}}}:log", "t");

    public async Task<int> CountSlotsAsync() => (int)await redis.GetDatabase().SortedSetLengthAsync($"guard:{{{Provider}}}:slots");

    /// <summary>Takes everything away that Redis has.</summary>
    public Task EmptyAsync() => redis.GetServers()[0].FlushAllDatabasesAsync();

    /// <summary>The server's clock.</summary>
    public async Task<DateTime> TimeAsync() => await redis.GetServers()[0].TimeAsync();

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
