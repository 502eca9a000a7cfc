using Microsoft.Extensions.Logging.Abstractions;

namespace Providers.Tests.Guard.Throttling;

/// <summary>Calls for which there is no room soon.</summary>
public sealed class RefusalTests
{
    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task A_thousand_refused_callers_of_several_processes_are_told_different_times(RedisKind kind)
    {
        const int PerMinute = 300;
        await using var redis = await TestRedis.StartAsync(kind);
        var members = await FleetMember.StartInStepAsync(redis, 2, Quick.Limits(requests: PerMinute, longestWait: TimeSpan.Zero));

        var refusals = (await Task.WhenAll(members.Select(member => RefusalsAsync(member.Throttle, 700)))).SelectMany(all => all).ToList();

        AssertSpread(refusals, Quick.Timing.Window, PerMinute);
        await FleetMember.EndAsync(members);
    }

    [Fact]
    public async Task Without_Redis_a_thousand_refused_callers_are_told_different_times_too()
    {
        const int PerMinute = 300;
        using var throttles = new Throttles(null, () => 1, TimeProvider.System, NullLogger<Throttles>.Instance);
        var throttle = throttles.For(FleetMember.Provider, new() { RequestsPerMinute = PerMinute, LongestWait = TimeSpan.Zero });

        AssertSpread(await RefusalsAsync(throttle, 1000 + PerMinute), TimeSpan.FromMinutes(1), PerMinute);
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

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task A_small_call_does_not_overtake_a_large_one_that_waits(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var members = await FleetMember.StartInStepAsync(redis, 2, Quick.Limits(tokens: 100));
        (await members[0].AcquireAsync(60)).Dispose();
        var large = members[0].AcquireAsync(80).AsTask();
        await Eventually.TrueAsync(async () => await members[0].CountRequestsAsync() == 2);

        using var small = await members[1].AcquireAsync(10);

        // It would have fitted beside the first.
        Assert.True(small.Waited > Quick.Timing.Window / 2);
        (await large).Dispose();
        await FleetMember.EndAsync(members);
    }

    private static void AssertSpread(IReadOnlyCollection<ThrottledException> refusals, TimeSpan window, int perWindow)
    {
        Assert.InRange(refusals.Count, 700, 1200);
        Assert.All(refusals, refusal => Assert.Equal(ThrottleLimit.Requests, refusal.Limit));
        var times = refusals.Select(refusal => refusal.RetryAfter).Order().ToArray();
        Assert.InRange(times[0], window / 2, window * 1.1);

        // As far apart as the limit lets them follow each other: a tenth of them in a tenth of the window. Each counts from when it was
        // refused, so a busy machine, which is slow in asking, has them closer together.
        var crowd = times.Max(from => times.Count(time => time >= from && time < from + (window / 10)));
        Assert.InRange(crowd, 1, perWindow / 10 * 5);
    }

    private static async Task<ThrottledException[]> RefusalsAsync(Throttle throttle, int calls)
    {
        var all = await Task.WhenAll(Enumerable.Range(0, calls).Select(async _ =>
        {
            try
            {
                await throttle.AcquireAsync(0);
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
