using Queueing.Maintenance;

namespace Queueing.Tests;

/// <summary>Which job comes first, within one owner's jobs.</summary>
public sealed class RankTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10, 1)]
    [InlineData(6, 5)]
    public async Task A_higher_priority_comes_first_though_it_came_later(int higher, int lower)
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await EnqueueAsync(host, 1, lower);
        await EnqueueAsync(host, 2, higher);
        await EnqueueAsync(host, 3, lower);
        await EnqueueAsync(host, 4, higher);

        Assert.Equal([2, 4, 1, 3], await host.OrderAsync());
    }

    [Theory]
    [InlineData(5, 4, "9 minutes 50 seconds", false)]
    [InlineData(5, 4, "10 minutes 10 seconds", true)]
    [InlineData(10, 1, "89 minutes 50 seconds", false)]
    [InlineData(10, 1, "90 minutes 10 seconds", true)]
    public async Task A_job_that_has_waited_ten_minutes_a_step_goes_before_higher_priorities(int higher, int lower, string waited, bool goesFirst)
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await EnqueueAsync(host, 1, lower);
        await host.ScalarAsync($"update job_ready set rank = rank - extract(epoch from interval '{waited}')::bigint * 1000000");
        await EnqueueAsync(host, 2, higher);

        Assert.Equal(goesFirst ? [1, 2] : [2, 1], await host.OrderAsync());
    }

    [Fact]
    public async Task Jobs_of_one_lane_come_in_the_order_in_which_they_were_accepted()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        for (var i = 0; i < 20; i++)
        {
            await EnqueueAsync(host, i);
        }

        await host.Queue.EnqueueAllAsync([.. Enumerable.Range(20, 1500).Select(i => new Chore(Number: i))], "somebody", cancellationToken: Cancellation);
        await EnqueueAsync(host, 1520);

        Assert.Equal(Enumerable.Range(0, 1521), await host.OrderAsync(atOnce: 500));
    }

    [Fact]
    public async Task A_new_process_puts_its_jobs_behind_those_of_the_same_lane()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var one = await QueueHost.CreateAsync(connectionString);
        await one.Queue.EnqueueAllAsync([.. Enumerable.Range(0, 10).Select(i => new Chore(Number: i))], "somebody", cancellationToken: Cancellation);

        await using var other = await QueueHost.CreateAsync(connectionString);
        await EnqueueAsync(other, 10);
        await EnqueueAsync(one, 11);

        Assert.Equal(Enumerable.Range(0, 12), await one.OrderAsync());
    }

    [Fact]
    public async Task A_job_that_comes_back_from_an_attempt_keeps_its_place()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        for (var i = 0; i < 4; i++)
        {
            await EnqueueAsync(host, i);
        }

        var claimed = await host.ClaimAsync(await host.OpenSessionAsync(), limit: 2);
        await host.Writes.TryRetryAsync(claimed[0], """{"type":"t","message":"m","transient":true}""", TimeSpan.FromHours(1));
        await host.Writes.TryReleaseAsync(claimed[1]);
        await host.MakeDueAsync();

        Assert.Equal([0, 1, 2, 3], await host.OrderAsync());
    }

    [Fact]
    public async Task Delayed_jobs_of_one_lane_come_in_the_order_in_which_they_became_due()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        await EnqueueAsync(host, 1, delay: TimeSpan.FromHours(3));
        await EnqueueAsync(host, 2, delay: TimeSpan.FromHours(1));
        await EnqueueAsync(host, 3, delay: TimeSpan.FromHours(2));
        await host.ScalarAsync("update job_ready set run_at = run_at - interval '4 hours'");

        Assert.Equal(3, await host.Get<DueJobPromoter>().RunOnceAsync(Cancellation));

        Assert.Equal([2, 3, 1], await host.OrderAsync());
    }

    [Fact]
    public async Task A_delayed_job_takes_its_place_when_it_is_due_not_when_it_came()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        await EnqueueAsync(host, 1, delay: TimeSpan.FromHours(1));
        await EnqueueAsync(host, 2);

        await host.MakeDueAsync();
        await EnqueueAsync(host, 3);

        Assert.Equal([2, 1, 3], await host.OrderAsync());
    }

    private static Task<Guid> EnqueueAsync(QueueHost host, int number, int priority = 5, TimeSpan delay = default) =>
        host.EnqueueAsync(new Chore(Number: number), new() { Priority = priority, Delay = delay });
}
