using Microsoft.Extensions.Logging.Abstractions;

namespace Providers.Tests.Guard.Throttling;

/// <summary>Limits while Redis is away, and after it has lost everything.</summary>
public sealed class LossTests
{
    private const int Limit = 60;

    // What others did in the very time in which Redis went away is not known to a process: docs/guard.md. On a busy machine that is long.
    private const int Unheard = Limit / 4;

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task The_limit_holds_though_Redis_is_emptied_while_few_processes_do_most_of_the_calls(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var arrivals = await ThroughAsync(redis, async (members, used) =>
        {
            await used(Limit * 2);
            await members[0].EmptyAsync();
            await used(Limit * 3);
            await members[0].EmptyAsync();
            await used(Limit * 4);
        });

        Assert.InRange(arrivals.MostIn(Quick.Timing.Window).Calls, 1, Limit + Unheard);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task The_limit_holds_though_Redis_is_killed_and_comes_back_empty(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var arrivals = await ThroughAsync(redis, async (members, used) =>
        {
            await used(Limit * 2);
            await redis.KillAsync();
            await Eventually.TrueAsync(() => members.All(member => !member.Throttle.IsInStep));
            await used(Limit * 3);
            await redis.StartAgainAsync();
            await Eventually.TrueAsync(() => members.All(member => member.Throttle.IsInStep));
            await used(Limit * 4);
        });

        Assert.InRange(arrivals.MostIn(Quick.Timing.Window).Calls, 1, Limit + Unheard);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task The_limit_holds_though_Redis_stands_still_for_a_while(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var arrivals = await ThroughAsync(redis, async (members, used) =>
        {
            await used(Limit * 2);
            redis.Pause();
            await Eventually.TrueAsync(() => members.All(member => !member.Throttle.IsInStep));
            await used(Limit * 3);
            redis.Continue();
            await Eventually.TrueAsync(() => members.All(member => member.Throttle.IsInStep));
            await used(Limit * 4);
        });

        Assert.InRange(arrivals.MostIn(Quick.Timing.Window).Calls, 1, Limit + Unheard);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task After_a_loss_each_process_tells_what_it_did_before(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var members = await FleetMember.StartInStepAsync(redis, 2, Patient(Quick.Limits(requests: 10, longestWait: TimeSpan.Zero)));
        for (var i = 0; i < 10; i++)
        {
            (await members[i % 2].AcquireAsync()).Dispose();
        }

        await members[0].EmptyAsync();

        await Eventually.TrueAsync(async () => await members[0].CountRequestsAsync() == 10);
        await Assert.ThrowsAsync<ThrottledException>(async () => await members[1].AcquireAsync());
        await FleetMember.EndAsync(members);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task After_a_loss_a_process_takes_its_share_of_what_was_left_though_another_tells_nothing(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var members = await FleetMember.StartInStepAsync(redis, 2, Patient(Quick.Limits(requests: 10, longestWait: TimeSpan.Zero)));
        for (var i = 0; i < 6; i++)
        {
            (await members[0].AcquireAsync()).Dispose();
        }

        await Eventually.TrueAsync(() => members[1].Throttle.Seen == 6);
        await members[0].KillAsync();
        await members[1].EmptyAsync();

        // The dead process had a share too; nobody knows yet that it needs none.
        Assert.Null(await LimitMetAsync(members[1], 0));
        Assert.Null(await LimitMetAsync(members[1], 0));
        Assert.Equal(ThrottleLimit.Requests, await LimitMetAsync(members[1], 0));
        await FleetMember.EndAsync(members);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task When_Redis_is_back_a_process_keeps_to_its_share_until_the_others_may_have_told_what_they_did(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var limits = Patient(Quick.Limits(requests: 10, longestWait: TimeSpan.Zero));
        limits.Timing = limits.Timing with { RedisTimeout = TimeSpan.FromMilliseconds(250), Settling = TimeSpan.FromMinutes(1) };
        var members = await FleetMember.StartInStepAsync(redis, 2, limits);
        redis.Pause();
        await Eventually.TrueAsync(() => members.All(member => !member.Throttle.IsInStep));
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(await LimitMetAsync(members[0], 0));
        }

        await members[0].KillAsync();
        redis.Continue();
        await Eventually.TrueAsync(() => members[1].Throttle.IsInStep);

        for (var i = 0; i < 5; i++)
        {
            Assert.Null(await LimitMetAsync(members[1], 0));
        }

        Assert.Equal(ThrottleLimit.Requests, await LimitMetAsync(members[1], 0));
        await FleetMember.EndAsync(members);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task Without_Redis_each_process_takes_its_share_of_every_limit(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var members = await FleetMember.StartInStepAsync(
            redis, 3, Patient(Quick.Limits(requests: 10, tokens: 1000, concurrent: 6, longestWait: TimeSpan.Zero)));
        await redis.KillAsync();
        await Eventually.TrueAsync(() => members.All(member => !member.Throttle.IsInStep));

        using (await members[0].AcquireAsync(1))
        using (await members[0].AcquireAsync(1))
        {
            Assert.Equal(ThrottleLimit.Concurrency, await LimitMetAsync(members[0], 1));
        }

        Assert.Equal(ThrottleLimit.Tokens, await LimitMetAsync(members[0], 333));
        Assert.Null(await LimitMetAsync(members[0], 331));
        Assert.Equal(ThrottleLimit.Requests, await LimitMetAsync(members[0], 0));
        Assert.Null(await LimitMetAsync(members[1], 333));
        await FleetMember.EndAsync(members);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task What_one_process_used_before_Redis_went_away_is_missing_from_the_shares_of_all(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var members = await FleetMember.StartInStepAsync(redis, 2, Patient(Quick.Limits(requests: 10, longestWait: TimeSpan.Zero)));
        for (var i = 0; i < 8; i++)
        {
            (await members[0].AcquireAsync()).Dispose();
        }

        await Eventually.TrueAsync(() => members[1].Throttle.Seen == 8);
        await redis.KillAsync();
        await Eventually.TrueAsync(() => members.All(member => !member.Throttle.IsInStep));

        // Of the two that are left each has one; none, if it was so long in finding out that the other may have used them.
        foreach (var member in members)
        {
            Assert.True(await LimitMetAsync(member, 0) is null || member == members[1]);
            Assert.Equal(ThrottleLimit.Requests, await LimitMetAsync(member, 0));
        }

        await FleetMember.EndAsync(members);
    }

    [Fact]
    public async Task A_process_that_does_not_know_its_fleet_yet_makes_no_calls_without_Redis()
    {
        await using var redis = await TestRedis.StartAsync(RedisKind.Redis);
        int? fleet = null;
        await using var connection = await FleetMember.ConnectAsync(redis);
        var limits = Patient(Quick.Limits(requests: 10, longestWait: TimeSpan.Zero));
        using var throttles = new Throttles(connection, () => fleet, TimeProvider.System, NullLogger<Throttles>.Instance) { Interval = limits.Timing.Beat };
        var throttle = throttles.For(FleetMember.Provider, limits);
        await throttles.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => throttle.IsInStep);
        (await throttle.AcquireAsync(0, TestContext.Current.CancellationToken)).Dispose();
        await redis.KillAsync();
        await Eventually.TrueAsync(() => !throttle.IsInStep);

        var refusal = await Assert.ThrowsAsync<ThrottledException>(async () => await throttle.AcquireAsync(0, TestContext.Current.CancellationToken));
        fleet = 3;
        (await throttle.AcquireAsync(0, TestContext.Current.CancellationToken)).Dispose();

        Assert.InRange(refusal.RetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6));
        await throttles.StopAsync(TestContext.Current.CancellationToken);
    }

    // So long a minute that no machine is too slow to do something within it.
    private static ThrottleOptions Patient(ThrottleOptions limits)
    {
        limits.Timing = limits.Timing with { Window = TimeSpan.FromSeconds(8) };
        return limits;
    }

    private static async Task<ThrottleLimit?> LimitMetAsync(FleetMember member, long tokens)
    {
        try
        {
            (await member.AcquireAsync(tokens)).Dispose();
            return null;
        }
        catch (ThrottledException exception)
        {
            return exception.Limit;
        }
    }

    // Three processes call as much as they may, one of them more than the others together, until the story is over.
    private static async Task<Arrivals> ThroughAsync(TestRedis redis, Func<FleetMember[], Func<int, Task>, Task> story)
    {
        var limits = Quick.Limits(requests: Limit);
        limits.Timing = limits.Timing with { RedisTimeout = TimeSpan.FromMilliseconds(250) };
        var members = await FleetMember.StartInStepAsync(redis, 3, limits);
        var arrivals = new Arrivals();
        using var over = new CancellationTokenSource();
        var callers = members.SelectMany((member, i) => Enumerable.Range(0, i == 0 ? 8 : 2).Select(_ => Task.Run(async () =>
        {
            try
            {
                while (true)
                {
                    try
                    {
                        using var lease = await member.Throttle.AcquireAsync(0, over.Token);
                        arrivals.Add(member.TimeOf(lease));
                    }
                    catch (ThrottledException)
                    {
                        await Task.Yield();
                    }
                }
            }
            catch (OperationCanceledException)
            {
            }
        }))).ToList();
        await story(members, async count => await Eventually.TrueAsync(() => arrivals.Count >= count));
        await over.CancelAsync();
        await Task.WhenAll(callers);
        await FleetMember.EndAsync(members);
        return arrivals;
    }
}
