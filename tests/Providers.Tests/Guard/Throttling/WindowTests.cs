using Providers.Guard;
using Providers.Guard.Throttling;

namespace Providers.Tests.Guard.Throttling;

/// <summary>The limits of requests and tokens, as the provider sees them.</summary>
public sealed class WindowTests
{
    private const int Members = 4;

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task Racing_processes_never_make_more_calls_than_a_limit(RedisKind kind)
    {
        const int Limit = 120;
        await using var redis = await TestRedis.StartAsync(kind);

        var arrivals = await RaceAsync(redis, Quick.Limits(requests: Limit), Limit * 4, () => 0);

        Assert.InRange(arrivals.MostIn(Quick.Timing.Window).Calls, 1, Limit);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task Racing_processes_never_use_more_tokens_than_a_limit(RedisKind kind)
    {
        const int Limit = 20_000;
        await using var redis = await TestRedis.StartAsync(kind);

        var arrivals = await RaceAsync(redis, Quick.Limits(tokens: Limit), Limit * 4 * 95 / 100, () => Random.Shared.Next(1, 200));

        Assert.InRange(arrivals.MostIn(Quick.Timing.Window).Tokens, 1, Limit);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task Nearly_all_of_a_limit_is_booked_when_there_is_work(RedisKind kind)
    {
        const int Limit = 120;
        const int Minutes = 2; // Nobody books further ahead.
        await using var redis = await TestRedis.StartAsync(kind);
        await using var connection = await FleetMember.ConnectAsync(redis);
        var clock = new ProcessClock(TimeProvider.System);
        var log = new FleetLog(connection, FleetMember.Provider, Quick.Limits(requests: Limit), clock);
        var logId = (await log.TellAsync(new(null, [], [], [], LastNumber: 0), withUses: false)).LogId;

        // All ask at once. When each may go is Redis' to say: at least the time when it was asked for and the wait.
        var times = new List<long>();
        for (var call = 0; call < Limit * Minutes; call++)
        {
            var askedAt = clock.Now;
            var answer = await log.ReserveAsync(logId, $"call {call}", tokens: 0, longest: 3_600_000, shortest: 0, isLast: true, slotPace: 0);
            Assert.Equal("booked", answer.Status);
            times.Add(askedAt + answer.Wait);
        }

        // From each call to the one that takes its place a minute later; the median, for this machine may stand still for a while.
        var places = times.Skip(Limit).Zip(times, (later, earlier) => later - earlier).Order().ToList();
        Assert.InRange(places[places.Count / 2], 0, Quick.Timing.Window.TotalMilliseconds / 0.95);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task A_call_larger_than_the_limit_runs_alone_in_its_window(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var members = await FleetMember.StartAsync(redis, 1, Quick.Limits(tokens: 100, longestWait: TimeSpan.Zero));
        await using var member = members[0];

        (await member.AcquireAsync(5000)).Dispose();

        Assert.Equal(ThrottleLimit.Tokens, (await Assert.ThrowsAsync<ThrottledException>(async () => await member.AcquireAsync(1))).Limit);
    }

    private static async Task<Arrivals> RaceAsync(TestRedis redis, ThrottleOptions limits, int amount, Func<int> sizeOf)
    {
        // However busy this machine is, Redis is there, and who misses the time that it was given has the patience to book anew.
        limits.Timing = limits.Timing with { RedisTimeout = TimeSpan.FromMinutes(1) };
        limits.LongestWait = TimeSpan.FromSeconds(30);
        var members = await FleetMember.StartInStepAsync(redis, Members, limits);
        var arrivals = new Arrivals();
        var left = amount;
        await Task.WhenAll(members.SelectMany(member => Enumerable.Range(0, 3).Select(async _ =>
        {
            while (true)
            {
                var tokens = sizeOf();
                if (Interlocked.Add(ref left, -Math.Max(1, tokens)) < 0)
                {
                    return;
                }

                using var lease = await member.AcquireAsync(tokens);
                arrivals.Add(member.TimeOf(lease), tokens);
            }
        })));
        await FleetMember.EndAsync(members);
        return arrivals;
    }
}
