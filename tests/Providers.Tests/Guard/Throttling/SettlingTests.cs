namespace Providers.Tests.Guard.Throttling;

/// <summary>What becomes of a booking when its call has ended.</summary>
public sealed class SettlingTests
{
    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task Tokens_that_a_call_did_not_take_are_there_for_another_process(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var members = await FleetMember.StartAsync(redis, 2, Lasting(Quick.Limits(tokens: 100, longestWait: TimeSpan.Zero)), fleet: 1);
        var lease = await members[0].AcquireAsync(90);
        Assert.Equal(ThrottleLimit.Tokens, await LimitMetAsync(members[1], 60));

        lease.UsedTokens = 40;
        lease.Dispose();

        await Eventually.TrueAsync(async () => await LimitMetAsync(members[1], 60) is null);
        Assert.Equal(ThrottleLimit.Tokens, await LimitMetAsync(members[1], 1));
        await FleetMember.EndAsync(members);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task Tokens_that_a_call_took_beyond_its_estimate_are_missing_for_another_process(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var members = await FleetMember.StartAsync(redis, 2, Lasting(Quick.Limits(tokens: 100, longestWait: TimeSpan.Zero)), fleet: 1);
        var lease = await members[0].AcquireAsync(10);

        lease.UsedTokens = 100;
        lease.Dispose();

        await Eventually.TrueAsync(async () => await LimitMetAsync(members[1], 1) is ThrottleLimit.Tokens);
        await FleetMember.EndAsync(members);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task A_call_that_was_never_sent_counts_for_nothing(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var members = await FleetMember.StartAsync(redis, 2, Lasting(Quick.Limits(requests: 1, tokens: 100, longestWait: TimeSpan.Zero)), fleet: 1);
        var lease = await members[0].AcquireAsync(100);
        Assert.NotNull(await LimitMetAsync(members[1], 1));

        lease.NothingSent = true;
        lease.Dispose();

        await Eventually.TrueAsync(async () => await LimitMetAsync(members[1], 100) is null);
        Assert.Equal(ThrottleLimit.Requests, await LimitMetAsync(members[0], 0));
        await FleetMember.EndAsync(members);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task A_caller_that_is_called_off_while_it_waits_gives_its_booking_back(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var members = await FleetMember.StartAsync(redis, 1, Lasting(Quick.Limits(requests: 1, tokens: 100, concurrent: 2, longestWait: TimeSpan.FromHours(1))));
        (await members[0].AcquireAsync(100)).Dispose();
        using var calledOff = new CancellationTokenSource();
        var waiting = members[0].Throttle.AcquireAsync(100, calledOff.Token).AsTask();
        await Eventually.TrueAsync(async () => await members[0].CountSlotsAsync() == 1);

        await calledOff.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        await Eventually.TrueAsync(async () => await members[0].CountSlotsAsync() == 0 && await members[0].CountRequestsAsync() <= 1);
        await FleetMember.EndAsync(members);
    }

    // So that nothing comes back by leaving the window.
    private static ThrottleOptions Lasting(ThrottleOptions limits)
    {
        limits.Timing = limits.Timing with { Window = TimeSpan.FromMinutes(30), Slice = TimeSpan.FromSeconds(10) };
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
}
