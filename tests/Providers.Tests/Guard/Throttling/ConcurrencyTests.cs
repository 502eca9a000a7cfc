namespace Providers.Tests.Guard.Throttling;

/// <summary>How many calls are under way at the same time.</summary>
public sealed class ConcurrencyTests
{
    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task Racing_processes_never_have_more_calls_under_way_than_the_limit(RedisKind kind)
    {
        const int Limit = 3;
        await using var redis = await TestRedis.StartAsync(kind);
        var members = await FleetMember.StartInStepAsync(redis, 4, Quick.Limits(concurrent: Limit, longestWait: TimeSpan.FromSeconds(50)));
        var (underWay, most, left) = (0, 0, 100);
        var gate = new Lock();

        await Task.WhenAll(members.SelectMany(member => Enumerable.Range(0, 2).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                using var lease = await member.AcquireAsync();
                lock (gate)
                {
                    most = Math.Max(most, ++underWay);
                }

                await Task.Yield();
                await members[0].CountSlotsAsync();
                lock (gate)
                {
                    underWay--;
                }
            }
        })));

        Assert.InRange(most, 2, Limit);
        await FleetMember.EndAsync(members);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task The_slot_of_a_killed_process_comes_back_and_that_of_a_long_call_does_not(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var members = await FleetMember.StartInStepAsync(redis, 3, Quick.Limits(concurrent: 2, longestWait: TimeSpan.FromSeconds(50)));
        using var longCall = await members[0].AcquireAsync();
        await members[1].AcquireAsync();
        var waiting = members[2].AcquireAsync().AsTask();

        await members[1].KillAsync();
        using var heir = await waiting;

        // It took a lease's length until then: the long call's would have ended as well, had it not been renewed.
        Assert.Equal(2, await members[0].CountSlotsAsync());
        await FleetMember.EndAsync(members);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task A_caller_that_gets_no_slot_in_time_is_refused(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var members = await FleetMember.StartInStepAsync(redis, 2, Quick.Limits(concurrent: 1, longestWait: TimeSpan.FromMilliseconds(200)));
        using var only = await members[0].AcquireAsync();

        var refusal = await Assert.ThrowsAsync<ThrottledException>(async () => await members[1].AcquireAsync());

        Assert.Equal((ThrottleLimit.Concurrency, FleetMember.Provider), (refusal.Limit, refusal.Provider));
        await FleetMember.EndAsync(members);
    }
}
