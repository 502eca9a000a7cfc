using Providers;
using ProviderSimulator;
using ProviderSimulator.Records;

namespace Fleet.Tests;

/// <summary>A budget of 1.00 with calls of 0.01, and 500 jobs that want to spend it.</summary>
public sealed class BudgetTests
{
    private const int Jobs = 500;
    private const decimal Price = 0.01m;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_fleet_spends_no_more_than_there_is_and_goes_on_when_there_is_more(bool redisDies)
    {
        await using var fleet = await StartAsync();

        await fleet.EnqueueAsync(Jobs);
        if (redisDies)
        {
            await Eventually.TrueAsync(() => fleet.Simulator.Record.Count().All.Calls > 0);
            await fleet.Redis.KillAsync();
        }

        await Eventually.TrueAsync(async () => await fleet.CountAsync("completed") == 100 && await fleet.WaitingForAsync(Budget.SnoozeReason) == Jobs - 100);

        var figures = fleet.Simulator.Record.Count().All;
        Assert.Equal((100, 1.00m, 1.00m), (figures.Calls, figures.Charged, await SpentAsync(fleet)));

        if (redisDies)
        {
            await fleet.Redis.StartAgainAsync();
        }

        await fleet.Budget.SetAsync(BudgetScope.Fleet, null, 2m, "test", Cancellation);
        await Eventually.TrueAsync(async () => await fleet.CountAsync("completed") == 200 && await fleet.WaitingForAsync(Budget.SnoozeReason) == Jobs - 200);

        figures = fleet.Simulator.Record.Count().All;
        Assert.Equal((200, 2.00m, 2.00m), (figures.Calls, figures.Charged, await SpentAsync(fleet)));
        Assert.Equal(0, await fleet.QueryAsync<int>("select coalesce(max(attempt), 0)::int from job_ready"));
    }

    [Fact]
    public async Task Workers_that_are_killed_in_the_midst_of_calls_take_no_more_of_it_than_those_calls()
    {
        await using var fleet = await StartAsync();
        fleet.Simulator.Script = new() { Pace = [new() { Latency = TimeSpan.FromSeconds(3) }] };

        await fleet.EnqueueAsync(Jobs);
        for (var kill = 0; kill < 3; kill++)
        {
            var reached = 10 + (kill * 30);
            await Eventually.TrueAsync(() => fleet.Simulator.Record.Count().All is { InFlight: > 0 } all && all.Calls >= reached);
            await fleet.ReplaceAsync(kill);
        }

        // Of a killed worker the jobs come back when its lease has run out; there is no money left for all of them.
        await Eventually.TrueAsync(async () => await fleet.QueryAsync<long>("select count(*) from job_ready where session_id is not null") == 0
            && await fleet.WaitingForAsync(Budget.SnoozeReason) > 0
            && await fleet.QueryAsync<long>("select count(*) from job_ready where snooze_reason is null") == 0);

        var calls = fleet.Simulator.Record.Read().Calls;
        var spent = await SpentAsync(fleet);
        var cut = await fleet.QueryAsync<long>("select count(*) from spend where cost is null");
        Assert.InRange(spent, calls.Sum(call => call.Cost), 1.00m);
        Assert.InRange(spent - calls.Sum(call => call.Cost), 0, cut * Price);
        Assert.InRange(calls.Count, 1, 100);
        Assert.NotEqual(0, cut);
    }

    [Fact]
    public async Task The_stop_is_heard_in_the_whole_fleet()
    {
        await using var fleet = await StartAsync();
        await fleet.Budget.StopAsync("test", Cancellation);

        await fleet.EnqueueAsync(20);
        await Eventually.TrueAsync(async () => await fleet.WaitingForAsync(Budget.SnoozeReason) == 20);
        Assert.Equal(0, fleet.Simulator.Record.Count().All.Calls);

        await fleet.Budget.ResumeAsync("test", Cancellation);
        await Eventually.TrueAsync(async () => await fleet.CountAsync("completed") == 20);
    }

    private static Task<Fleet> StartAsync() => Fleet.StartAsync(
        new() { Prices = new Dictionary<string, Price> { ["*"] = new() { Call = Price } } }, budget: 1m, ("Guard__openai__Prices__large__PerCall", "0.01"));

    // What counts today, by the totals that reservations are held against.
    private static Task<decimal> SpentAsync(Fleet fleet) => fleet.QueryAsync<decimal>("select spent_on((now() at time zone 'UTC')::date, 'fleet')");
}
