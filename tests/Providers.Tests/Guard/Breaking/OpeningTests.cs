namespace Providers.Tests.Guard.Breaking;

/// <summary>When a circuit opens, and who hears of it.</summary>
public sealed class OpeningTests
{
    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task It_opens_by_the_ratio_of_failures_in_the_whole_fleet_and_not_by_their_number(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var members = await BreakingMember.StartAsync(redis, 4, BreakingMember.Quick());
        foreach (var member in members)
        {
            await member.SucceedAsync(10);
            await member.Breaker.PollAsync();
        }

        await members[0].FailAsync(13);
        await members[1].FailAsync(13);
        await members[2].FailAsync(13);
        await ToldAsync(members, 39);
        Assert.All(members, member => Assert.Equal(CircuitState.Closed, member.State));

        await members[3].FailAsync(1);

        await Eventually.TrueAsync(() => members.All(member => member.State == CircuitState.Open));
        Assert.All(members, member => Assert.Equal(40, member.Breaker.Status.Failures));
        await BreakingMember.EndAsync(members);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task Fewer_calls_than_the_minimum_open_nothing_however_many_fail(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var members = await BreakingMember.StartAsync(redis, 3, BreakingMember.Quick());

        foreach (var member in members)
        {
            await member.FailAsync(3);
        }

        await ToldAsync(members, 9);
        Assert.All(members, member => Assert.Equal(CircuitState.Closed, member.State));
        await members[0].FailAsync(1);
        await Eventually.TrueAsync(() => members.All(member => member.State == CircuitState.Open));
        await BreakingMember.EndAsync(members);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task A_process_hears_of_an_open_circuit_without_asking_for_it(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var options = BreakingMember.Quick();
        options.Break = options.LongestBreak = TimeSpan.FromHours(1);
        options.Timing = options.Timing with { Poll = TimeSpan.FromHours(1) };
        var members = await BreakingMember.StartAsync(redis, 3, options);

        await members[0].FailAsync(100);

        await Eventually.TrueAsync(() => members.All(member => member.State == CircuitState.Open));
        var refusal = await Assert.ThrowsAsync<CircuitOpenException>(() => members[1].SucceedAsync());
        Assert.Equal(BreakingMember.Provider, refusal.Provider);
        Assert.InRange(refusal.RetryAfter, TimeSpan.FromMinutes(58), TimeSpan.FromMinutes(121));
        Assert.Equal(members[1].Breaker.Status.NextProbeAt!.Value, refusal.NextProbeAt!.Value, TimeSpan.FromSeconds(1));
        await BreakingMember.EndAsync(members);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task A_process_that_missed_the_message_learns_it_with_the_next_poll(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var members = await BreakingMember.StartAsync(redis, 2, BreakingMember.Quick());
        await members[1].Breakers.StopAsync(TestContext.Current.CancellationToken);

        await members[0].FailAsync(100);
        await Eventually.TrueAsync(() => members[0].State == CircuitState.Open);
        Assert.Equal(CircuitState.Closed, members[1].State);
        await members[1].Breaker.PollAsync();

        Assert.Equal(CircuitState.Open, members[1].State);
        await BreakingMember.EndAsync(members);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task Refusals_cancellations_and_what_the_guard_held_back_open_nothing(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var options = BreakingMember.Quick();
        options.IsFailure = exception => exception is HttpRequestException;
        var members = await BreakingMember.StartAsync(redis, 1, options);
        using var calledOff = new CancellationTokenSource();
        await calledOff.CancelAsync();

        await members[0].FailAsync(20, new ArgumentException("Not allowed."));
        await members[0].FailAsync(20, new ThrottledException(BreakingMember.Provider, ThrottleLimit.Tokens, TimeSpan.Zero));
        for (var i = 0; i < 20; i++)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => members[0].CallAsync(
                token => throw new OperationCanceledException(token), calledOff.Token));
        }

        await members[0].Breaker.PollAsync();
        Assert.Equal((CircuitState.Closed, 0), (members[0].State, members[0].Breaker.Status.Failures));

        // The twenty refusals were answers, the others nothing: twenty failures are half.
        await members[0].FailAsync(19);
        await ToldAsync(members, 19);
        Assert.Equal(CircuitState.Closed, members[0].State);
        await members[0].FailAsync();
        await Eventually.TrueAsync(() => members[0].State == CircuitState.Open);
        await BreakingMember.EndAsync(members);
    }

    private static Task ToldAsync(BreakingMember[] members, int failures) =>
        Eventually.TrueAsync(() => members.All(member => member.Breaker.Status.Failures == failures));
}
