using System.Text.Json;

namespace Providers.Tests.Guard.Breaking;

/// <summary>What a person sees of the circuits, and does with them.</summary>
public sealed class HandTests
{
    private static readonly string Name = BreakingMember.Provider.ToString();

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task A_process_that_makes_no_calls_reads_and_sets_all_circuits(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var members = await BreakingMember.StartAsync(redis, 2, BreakingMember.Quick());
        await using var connection = await FleetMember.ConnectAsync(redis);
        using var onlooker = new Breakers(connection, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<Breakers>.Instance);
        Assert.Equal([new(Name, new(CircuitState.Closed, 0, null, null))], await onlooker.ReadAsync());

        await onlooker.OpenAsync(Name);

        await Eventually.TrueAsync(() => members.All(member => member.State == CircuitState.Open));
        var status = (await onlooker.ReadAsync())[Name];
        Assert.Equal((CircuitState.Open, null), (status.State, status.NextProbeAt));
        Assert.NotNull(status.OpenedAt);
        Assert.Equal("\"OPEN\"", JsonSerializer.Serialize(status.State));

        // Longer than the break after failures.
        var until = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(1);
        await Eventually.TrueAsync(async () =>
        {
            await Assert.ThrowsAsync<CircuitOpenException>(() => members[0].SucceedAsync());
            return TimeProvider.System.GetUtcNow() > until;
        });

        await onlooker.CloseAsync(Name);

        await Eventually.TrueAsync(() => members.All(member => member.State == CircuitState.Closed));
        await members[1].SucceedAsync();
        await BreakingMember.EndAsync(members);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task A_circuit_that_is_opened_for_a_time_is_probed_after_it(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var members = await BreakingMember.StartAsync(redis, 2, BreakingMember.Quick());

        await members[0].Breakers.OpenAsync(Name, TimeSpan.FromMilliseconds(500));
        await Eventually.TrueAsync(() => members.All(member => member.State == CircuitState.Open));

        await members[1].ProbeAsync(_ => ValueTask.FromResult(0));
        await Eventually.TrueAsync(() => members.All(member => member.State == CircuitState.Closed));
        await BreakingMember.EndAsync(members);
    }

    [Fact]
    public async Task Without_Redis_the_process_has_its_own_circuits_to_read_and_to_set()
    {
        using var breakers = new Breakers(null, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<Breakers>.Instance);
        var breaker = breakers.For(BreakingMember.Provider, BreakingMember.Quick());

        await breakers.OpenAsync(Name);
        Assert.Equal(CircuitState.Open, (await breakers.ReadAsync())[Name].State);
        await Assert.ThrowsAsync<CircuitOpenException>(async () => await breaker.EnterAsync());

        await breakers.CloseAsync(Name);
        await breaker.EnterAsync();
    }
}
