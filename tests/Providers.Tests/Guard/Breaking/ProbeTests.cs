namespace Providers.Tests.Guard.Breaking;

/// <summary>The one call that is let through to see how the provider is.</summary>
public sealed class ProbeTests
{
    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task One_call_of_eight_processes_is_let_through_and_its_success_lets_all_through(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var members = await OpenAsync(redis, 8);
        var (entered, release, probes) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);

        var callers = members.SelectMany(member => Enumerable.Range(0, 4).Select(_ => member.ProbeAsync(async _ =>
        {
            Interlocked.Increment(ref probes);
            entered.TrySetResult();
            await release.Task;
            return 0;
        }))).ToList();
        await entered.Task;

        // Time enough for the others to have asked.
        await Eventually.TrueAsync(() => members.All(member => member.State == CircuitState.HalfOpen));
        foreach (var member in members)
        {
            await Assert.ThrowsAsync<CircuitOpenException>(() => member.SucceedAsync());
        }

        Assert.Equal(1, probes);
        release.SetResult();
        await Task.WhenAll(callers);
        await Eventually.TrueAsync(() => members.All(member => member.State == CircuitState.Closed));
        Assert.All(members, member => Assert.Equal(new(CircuitState.Closed, 0, null, null), member.Breaker.Status));
        await BreakingMember.EndAsync(members);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task Each_failed_probe_makes_the_break_longer_up_to_the_longest(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var members = await OpenAsync(redis, 2);
        var breaks = new List<double>();
        for (var i = 0; i < 3; i++)
        {
            var before = members[0].Breaker.Status.NextProbeAt;
            await members[0].ProbeAsync(_ => throw new HttpRequestException("Unwell."));
            var failedAt = TimeProvider.System.GetUtcNow();
            await Eventually.TrueAsync(() => members[1].Breaker.Status is { State: CircuitState.Open } status && status.NextProbeAt > before + TimeSpan.FromMilliseconds(100));
            breaks.Add((members[1].Breaker.Status.NextProbeAt!.Value - failedAt).TotalMilliseconds);
        }

        // 0.3 s were the first; it took a moment to hear of each.
        Assert.InRange(breaks[0], 300, 650);
        Assert.InRange(breaks[1], 650, 1050);
        Assert.InRange(breaks[2], 650, 1050);
        await BreakingMember.EndAsync(members);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task The_probe_of_a_killed_process_goes_to_another_and_that_of_a_slow_one_does_not(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var members = await OpenAsync(redis, 3);
        var (never, slow, heir) = (new TaskCompletionSource<int>(), new TaskCompletionSource<int>(), new TaskCompletionSource<int>());
        var entered = new TaskCompletionSource();
        var lost = members[0].ProbeAsync(async _ => await Entered(entered, never.Task));
        await entered.Task;

        await members[0].KillAsync();
        var second = new TaskCompletionSource();
        var successor = members[1].ProbeAsync(async _ => await Entered(second, slow.Task));
        await second.Task;

        // Three times as long as a probe is waited for that isn't renewed.
        var until = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(3);
        await Eventually.TrueAsync(async () =>
        {
            await Assert.ThrowsAsync<CircuitOpenException>(() => members[2].SucceedAsync());
            return TimeProvider.System.GetUtcNow() > until;
        });
        slow.SetResult(0);
        await successor;
        await Eventually.TrueAsync(() => members[2].State == CircuitState.Closed);
        never.SetResult(0);
        await lost;
        await BreakingMember.EndAsync(members);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task A_probe_that_is_called_off_leaves_its_place_to_the_next_call(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var options = BreakingMember.Quick();
        options.Timing = options.Timing with { ProbeLease = TimeSpan.FromHours(1) };
        var members = await OpenAsync(redis, 2, options);
        using var calledOff = new CancellationTokenSource();
        var entered = new TaskCompletionSource();
        var probe = Eventually.TrueAsync(async () =>
        {
            try
            {
                await members[0].CallAsync(
                    async token =>
                    {
                        entered.TrySetResult();
                        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
                        return 0;
                    },
                    calledOff.Token);
                return true;
            }
            catch (CircuitOpenException)
            {
                return false;
            }
        });
        await entered.Task;
        await calledOff.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe);

        await members[1].ProbeAsync(_ => ValueTask.FromResult(0));

        await Eventually.TrueAsync(() => members.All(member => member.State == CircuitState.Closed));
        await BreakingMember.EndAsync(members);
    }

    private static async ValueTask<int> Entered(TaskCompletionSource entered, Task<int> answer)
    {
        entered.TrySetResult();
        return await answer;
    }

    private static async Task<BreakingMember[]> OpenAsync(TestRedis redis, int count, BreakerOptions? options = null)
    {
        var members = await BreakingMember.StartAsync(redis, count, options ?? BreakingMember.Quick());
        await members[0].FailAsync(100);
        await Eventually.TrueAsync(() => members.All(member => member.State == CircuitState.Open));
        return members;
    }
}
