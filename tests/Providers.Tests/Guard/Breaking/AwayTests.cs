namespace Providers.Tests.Guard.Breaking;

/// <summary>Circuits while Redis is away, and after it has lost everything.</summary>
public sealed class AwayTests
{
    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task A_process_alone_goes_by_what_it_sees_itself_and_tells_the_fleet_when_Redis_is_back(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var options = BreakingMember.Quick();
        options.LongestBreak = options.Break = TimeSpan.FromMinutes(1);
        var members = await BreakingMember.StartAsync(redis, 2, options);
        await redis.KillAsync();
        await Eventually.TrueAsync(() => members.All(member => !member.Breaker.IsInStep));

        await members[0].FailAsync(9);
        Assert.Equal(CircuitState.Closed, members[0].State);
        await members[0].FailAsync();

        Assert.Equal([CircuitState.Open, CircuitState.Closed], members.Select(member => member.State));
        await redis.StartAgainAsync();
        await Eventually.TrueAsync(() => members[1].State == CircuitState.Open);
        Assert.Equal(10, members[1].Breaker.Status.Failures);
        await BreakingMember.EndAsync(members);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task A_process_alone_makes_its_own_probes(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var members = await BreakingMember.StartAsync(redis, 1, BreakingMember.Quick());
        await redis.KillAsync();
        await Eventually.TrueAsync(() => !members[0].Breaker.IsInStep);
        await members[0].FailAsync(10);
        var first = members[0].Breaker.Status.NextProbeAt;

        await members[0].ProbeAsync(_ => throw new HttpRequestException("Unwell."));
        Assert.Equal(CircuitState.Open, members[0].State);
        Assert.True(members[0].Breaker.Status.NextProbeAt > first);
        await members[0].ProbeAsync(_ => ValueTask.FromResult(0));

        Assert.Equal(CircuitState.Closed, members[0].State);
        await BreakingMember.EndAsync(members);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task When_Redis_is_back_what_it_says_wins_over_what_a_process_closed_alone(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var options = BreakingMember.Quick();
        options.Timing = options.Timing with { RedisTimeout = TimeSpan.FromMilliseconds(250) };
        var members = await BreakingMember.StartAsync(redis, 1, options);
        await members[0].Breakers.OpenAsync(BreakingMember.Provider.ToString(), TimeSpan.FromSeconds(30));
        await Eventually.TrueAsync(() => members[0].State == CircuitState.Open);
        redis.Pause();
        await Eventually.TrueAsync(() => !members[0].Breaker.IsInStep);
        members[0].Breaker.ByHand(open: false, null);
        await members[0].SucceedAsync();

        redis.Continue();

        await Eventually.TrueAsync(() => members[0].State == CircuitState.Open && members[0].Breaker.IsInStep);
        await BreakingMember.EndAsync(members);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task An_open_circuit_stays_open_though_Redis_is_emptied(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var members = await BreakingMember.StartAsync(redis, 3, BreakingMember.Quick());
        await members[2].Breakers.OpenAsync(BreakingMember.Provider.ToString());
        await Eventually.TrueAsync(() => members.All(member => member.State == CircuitState.Open));

        await members[0].EmptyAsync();

        await Eventually.TrueAsync(async () => await members[0].Breakers.ReadAsync() is { Count: 1 } read && read.Values.Single().State == CircuitState.Open);
        foreach (var member in members)
        {
            await member.Breaker.PollAsync();
            Assert.Equal((CircuitState.Open, null), (member.State, member.Breaker.Status.NextProbeAt));
        }

        await BreakingMember.EndAsync(members);
    }
}
