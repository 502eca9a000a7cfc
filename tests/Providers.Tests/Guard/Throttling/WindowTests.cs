namespace Providers.Tests.Guard.Throttling;

/// <summary>The limits of requests and tokens, as the provider sees them.</summary>
public sealed class WindowTests
{
    private const int Members = 4;

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task Racing_processes_use_nearly_all_of_a_limit_of_requests_and_never_more(RedisKind kind)
    {
        const int Limit = 120;
        await using var redis = await TestRedis.StartAsync(kind);

        // Four minutes' calls: one at once, and three that each take a minute to become free.
        await BestOfThreeAsync(async () =>
        {
            var arrivals = await RaceAsync(redis, Quick.Limits(requests: Limit), Limit * 4, () => 0);
            Assert.InRange(arrivals.MostIn(Quick.Timing.Window).Calls, 1, Limit);
            return arrivals.Elapsed;
        });
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task Racing_processes_use_nearly_all_of_a_limit_of_tokens_and_never_more(RedisKind kind)
    {
        const int Limit = 20_000;
        await using var redis = await TestRedis.StartAsync(kind);

        // What a call doesn't fit into any more is left over, so that four whole minutes' tokens would take a fourth minute.
        await BestOfThreeAsync(async () =>
        {
            var arrivals = await RaceAsync(redis, Quick.Limits(tokens: Limit), Limit * 4 * 95 / 100, () => Random.Shared.Next(1, 200));
            Assert.InRange(arrivals.MostIn(Quick.Timing.Window).Tokens, 1, Limit);
            return arrivals.Elapsed;
        });
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

    // The limit holds each time. How much of it is used depends on a machine that wakes callers in time, which a busy one doesn't.
    private static async Task BestOfThreeAsync(Func<Task<TimeSpan>> race)
    {
        var longest = Quick.Timing.Window * 3 / 0.95;
        var best = await race();
        for (var again = 0; again < 2 && best > longest; again++)
        {
            best = await race();
        }

        Assert.InRange(best, TimeSpan.Zero, longest);
    }

    private static async Task<Arrivals> RaceAsync(TestRedis redis, ThrottleOptions limits, int amount, Func<int> sizeOf)
    {
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
                arrivals.Add(tokens);
            }
        })));
        await FleetMember.EndAsync(members);
        return arrivals;
    }
}
