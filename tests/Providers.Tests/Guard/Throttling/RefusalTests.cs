namespace Providers.Tests.Guard.Throttling;

/// <summary>Calls for which there is no room soon.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task A_thousand_refused_callers_are_told_times_as_far_apart_as_the_limit_lets_them_follow_each_other(RedisKind kind)
    {
        const int PerMinute = 300;
        await using var redis = await TestRedis.StartAsync(kind);
        var limits = new ThrottleOptions { RequestsPerMinute = PerMinute, LongestWait = TimeSpan.Zero };
        limits.Timing = limits.Timing with { RedisTimeout = Quick.Timing.RedisTimeout };
        var members = await FleetMember.StartAsync(redis, 1, limits);

        var refusals = await RefusalsAsync(members[0], 1000 + PerMinute);

        Assert.Equal(1000, refusals.Length);
        Assert.All(refusals, refusal => Assert.Equal(ThrottleLimit.Requests, refusal.Limit));
        var times = refusals.Select(refusal => refusal.RetryAfter.TotalSeconds).Order().ToArray();
        Assert.InRange(times[0], 55, 62);
        var crowd = Enumerable.Range(0, times.Length).Max(i => times.Count(time => time >= times[i] && time < times[i] + 1));
        Assert.InRange(crowd, 1, PerMinute / 60 * 2);
        await FleetMember.EndAsync(members);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task Waiting_callers_of_several_processes_go_in_the_order_in_which_they_came(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var limits = Quick.Limits(requests: 5);

        // Who is woken too late is booked anew, behind the others.
        limits.Timing = limits.Timing with { Margin = TimeSpan.FromSeconds(1) };
        var members = await FleetMember.StartInStepAsync(redis, 2, limits);
        for (var i = 0; i < 5; i++)
        {
            (await members[0].AcquireAsync()).Dispose();

            // So that their places come free one after the other, farther apart than timers are late.
            var next = await members[0].TimeAsync() + TimeSpan.FromMilliseconds(200);
            await Eventually.TrueAsync(async () => await members[0].TimeAsync() > next);
        }

        var order = new List<int>();
        var waiting = new List<Task>();
        for (var i = 0; i < 4; i++)
        {
            var before = await members[0].CountRequestsAsync();
            waiting.Add(WaitAsync(i));
            await Eventually.TrueAsync(async () => await members[0].CountRequestsAsync() > before);
        }

        await Task.WhenAll(waiting);
        Assert.Equal(order.Order(), order);
        await FleetMember.EndAsync(members);

        async Task WaitAsync(int number)
        {
            using var lease = await members[number % 2].AcquireAsync();
            lock (order)
            {
                order.Add(number);
            }
        }
    }

    private static async Task<ThrottledException[]> RefusalsAsync(FleetMember member, int calls)
    {
        var all = await Task.WhenAll(Enumerable.Range(0, calls).Select(async _ =>
        {
            try
            {
                await member.AcquireAsync();
                return null;
            }
            catch (ThrottledException refusal)
            {
                return refusal;
            }
        }));
        return [.. all.OfType<ThrottledException>()];
    }
}
