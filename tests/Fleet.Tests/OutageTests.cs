namespace Fleet.Tests;

/// <summary>A provider that is away for two minutes, with 500 jobs waiting.</summary>
public sealed class OutageTests
{
    private const int Jobs = 500;

    private static readonly TimeSpan Outage = RunLength.IsLong ? TimeSpan.FromMinutes(2) : TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_fleet_leaves_it_alone_and_every_job_completes_afterwards(bool redisDies)
    {
        // The short form has shorter breaks too: it is as many of them.
        var breaks = RunLength.IsLong ? "00:00:15" : "00:00:02";
        await using var fleet = await Fleet.StartAsync(new(), budget: null, ("Guard__openai__Breaker__Break", breaks), ("Guard__openai__Breaker__LongestBreak", "00:01:00"));
        await fleet.EnqueueAsync(20);
        await Eventually.TrueAsync(async () => await fleet.CountAsync("completed") == 20);

        fleet.Simulator.Script = new() { Faults = [new() { Status = 503, To = Outage }] };
        await fleet.EnqueueAsync(Jobs);
        if (redisDies)
        {
            await Eventually.TrueAsync(async () => await fleet.WaitingForAsync("circuit:openai") > 0);
            await fleet.Redis.KillAsync();
            await Eventually.TrueAsync(async () => await fleet.WaitingForAsync("circuit:openai") > Jobs / 2);
            await fleet.Redis.StartAgainAsync();
        }

        while (await fleet.CountAsync("completed") + await fleet.CountAsync("failed") < Jobs + 20)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        var figures = fleet.Simulator.Record.Count().All;
        var failed = figures.ByStatus.GetValueOrDefault(503);
        TestContext.Current.TestOutputHelper?.WriteLine($"calls in the outage: {failed}; attempts: {await fleet.QueryAsync<long>("select sum(attempt) from job_outcome")}");
        Assert.Equal(0, await fleet.CountAsync("failed"));

        // Without Redis there may be a probe in each process.
        Assert.InRange(failed, 1, redisDies ? 39 + (3 * Fleet.Size) : 39);

        // An attempt was counted only where a call was sent, and a call may have been made again within it.
        Assert.InRange(await fleet.QueryAsync<long>("select sum(attempt) from job_outcome"), Jobs + 20, Jobs + 20 + failed);
    }
}
