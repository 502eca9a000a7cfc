using Microsoft.Extensions.Logging.Abstractions;
using Polly;
using Providers.Guard.Breaking;
using StackExchange.Redis;

namespace Providers.Tests.Guard;

/// <summary>What stands for a worker process: its own connection to Redis, its own breaker on it, and a pipeline with that.</summary>
internal sealed class BreakingMember : IAsyncDisposable
{
    public static readonly ProviderKey Provider = new("somebody", "large");

    private readonly IConnectionMultiplexer redis;
    private readonly ResiliencePipeline<int> pipeline;

    private BreakingMember(IConnectionMultiplexer redis, BreakerOptions options)
    {
        this.redis = redis;
        Breakers = new(redis, TimeProvider.System, NullLogger<Breakers>.Instance) { Interval = options.Timing.Poll };
        Breaker = Breakers.For(Provider, options);
        pipeline = new ResiliencePipelineBuilder<int>().AddBreaker(Breaker).Build();
    }

    public Breakers Breakers { get; }

    public Breaker Breaker { get; }

    public CircuitState State => Breaker.Status.State;

    public static async Task<BreakingMember[]> StartAsync(TestRedis redis, int count, BreakerOptions options)
    {
        var members = await Task.WhenAll(Enumerable.Range(0, count).Select(async _ => new BreakingMember(await FleetMember.ConnectAsync(redis), options)));
        foreach (var member in members)
        {
            await member.Breakers.StartAsync(TestContext.Current.CancellationToken);
        }

        await Eventually.TrueAsync(() => members.All(member => member.Breaker.IsInStep));
        return members;
    }

    public static Task EndAsync(params BreakingMember[] members) => Task.WhenAll(members.Select(member => member.DisposeAsync().AsTask()));

    public static BreakerOptions Quick() => new()
    {
        MinimumCalls = 10,
        Window = TimeSpan.FromSeconds(30),
        Break = TimeSpan.FromMilliseconds(300),
        LongestBreak = TimeSpan.FromSeconds(1),
        Timing = new()
        {
            Poll = TimeSpan.FromMilliseconds(100),
            ProbeLease = TimeSpan.FromSeconds(1),

            // The machine that runs the tests may be busy for longer than a call would wait for Redis.
            RedisTimeout = TimeSpan.FromSeconds(2),
        },
    };

    public async Task SucceedAsync(int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            await CallAsync(_ => ValueTask.FromResult(0));
        }
    }

    /// <summary>Makes calls that fail, till the circuit is open or there have been so many.</summary>
    public async Task FailAsync(int times = 1, Exception? with = null)
    {
        for (var i = 0; i < times && State == CircuitState.Closed; i++)
        {
            try
            {
                await CallAsync(_ => throw with ?? new HttpRequestException("Unwell."));
            }
            catch (Exception exception) when (exception is not CircuitOpenException)
            {
            }
            catch (CircuitOpenException)
            {
                return;
            }
        }
    }

    public async Task CallAsync(Func<CancellationToken, ValueTask<int>> call, CancellationToken cancellationToken = default) =>
        await pipeline.ExecuteAsync(call, cancellationToken);

    /// <summary>Calls until the circuit lets one through: that is the probe.</summary>
    public Task ProbeAsync(Func<CancellationToken, ValueTask<int>> probe) => Eventually.TrueAsync(async () =>
    {
        try
        {
            await CallAsync(probe);
            return true;
        }
        catch (CircuitOpenException)
        {
            return false;
        }
        catch (HttpRequestException)
        {
            return true;
        }
    });

    public Task EmptyAsync() => redis.GetServers()[0].FlushAllDatabasesAsync();

    /// <summary>Ends it without a goodbye.</summary>
    public async Task KillAsync()
    {
        await redis.CloseAsync(allowCommandsToComplete: false);
        await Breakers.StopAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await Breakers.StopAsync(CancellationToken.None);
        Breakers.Dispose();
        await redis.DisposeAsync();
    }
}
