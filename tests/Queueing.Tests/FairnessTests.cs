namespace Queueing.Tests;

/// <summary>Owners who share a queue.</summary>
public sealed class FairnessTests(PostgresServerFixture postgres)
{
    private const string Error = """{"type":"t","message":"m","transient":true}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4000)]
    public async Task One_job_behind_another_owners_ten_thousand_is_among_the_next_two(int alreadyDone)
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var host = await QueueHost.CreateAsync(connectionString);
        await EnqueueAllAsync(host, "A", 10_000);
        await host.ClaimInTurnAsync(alreadyDone, atOnce: 1000);

        await using var other = await QueueHost.CreateAsync(connectionString); // It knows nothing of the queue.
        await EnqueueAllAsync(other, "B", 1);

        Assert.Contains("B", await host.OwnersAsync(2));
    }

    [Fact]
    public async Task A_job_from_the_same_process_right_after_the_ten_thousand_is_among_the_next_two()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await EnqueueAllAsync(host, "A", 10_000);
        await EnqueueAllAsync(host, "B", 1);

        Assert.Contains("B", await host.OwnersAsync(2));
    }

    [Fact]
    public async Task One_job_behind_many_that_another_owner_enqueued_one_by_one_is_among_the_next_two()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        for (var i = 0; i < 50; i++)
        {
            await host.EnqueueAsync(new Chore(Number: i), owner: "A");
        }

        await host.EnqueueAsync(new Chore(), owner: "B");

        Assert.Contains("B", await host.OwnersAsync(2));
    }

    [Fact]
    public async Task Three_owners_are_served_in_turns()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await EnqueueAllAsync(host, "A", 300);
        await EnqueueAllAsync(host, "B", 30);
        await EnqueueAllAsync(host, "C", 100);

        var owners = await host.OwnersAsync(90);

        for (var turn = 1; turn <= 30; turn++)
        {
            Assert.All(
                owners.Take(turn * 3).CountBy(owner => owner), count => Assert.InRange(count.Value, turn - 1, turn + 1));
        }
    }

    [Fact]
    public async Task An_owner_who_comes_late_is_served_in_turns_and_does_not_overtake_those_who_waited()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var host = await QueueHost.CreateAsync(connectionString);
        await EnqueueAllAsync(host, "A", 500);
        await host.ClaimInTurnAsync(300, atOnce: 100);

        await using var other = await QueueHost.CreateAsync(connectionString);
        await EnqueueAllAsync(other, "B", 100);

        Assert.InRange((await other.OwnersAsync(20)).Count(owner => owner == "A"), 9, 11);
    }

    [Fact]
    public async Task A_job_that_came_back_lets_no_new_owner_overtake_those_who_waited()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var host = await QueueHost.CreateWorkerAsync(connectionString);
        await EnqueueAllAsync(host, "A", 500);
        var first = await host.ClaimInTurnAsync(1);
        await host.ClaimInTurnAsync(300, atOnce: 100);
        await host.Writes.TryRetryAsync(first[0], Error, TimeSpan.FromHours(1)); // Its place is one from long ago.
        await host.MakeDueAsync();

        await using var other = await QueueHost.CreateAsync(connectionString);
        await EnqueueAllAsync(other, "B", 100);

        Assert.InRange((await other.OwnersAsync(20)).Count(owner => owner == "A"), 9, 11);
    }

    [Fact]
    public async Task An_owners_many_jobs_of_low_priority_do_not_hold_up_one_of_high_priority()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await EnqueueAllAsync(host, "A", 1000, priority: 1);
        var urgent = await host.EnqueueAsync(new Chore(Number: -1), new() { Priority = 9 }, owner: "A");

        Assert.Equal(urgent, (await host.ClaimInTurnAsync(1))[0].Id);
    }

    [Fact]
    public async Task An_owners_many_jobs_of_high_priority_hold_up_one_of_low_priority_for_ten_jobs_a_step_only()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await EnqueueAllAsync(host, "A", 1000, priority: 9);
        var patient = await host.EnqueueAsync(new Chore(Number: -1), new() { Priority = 7 }, owner: "A");

        Assert.InRange((await host.ClaimInTurnAsync(40)).FindIndex(job => job.Id == patient), 19, 22);
    }

    [Fact]
    public async Task Delayed_jobs_that_become_due_together_do_not_hold_up_another_owner()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        await EnqueueAllAsync(host, "A", 2500, delay: TimeSpan.FromHours(1));
        await host.MakeDueAsync();
        await EnqueueAllAsync(host, "B", 2);

        Assert.InRange((await host.OwnersAsync(4)).Count(owner => owner == "B"), 1, 2);
    }

    [Fact]
    public async Task A_delayed_job_that_becomes_due_is_not_held_up_by_another_owners_many()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        await EnqueueAllAsync(host, "B", 1, delay: TimeSpan.FromHours(1));
        await EnqueueAllAsync(host, "A", 2500);
        await host.ClaimInTurnAsync(1000, atOnce: 500);
        await host.MakeDueAsync();

        Assert.Contains("B", await host.OwnersAsync(2));
    }

    [Fact]
    public async Task Redriven_jobs_do_not_hold_up_another_owner()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await EnqueueAllAsync(host, "A", 50);
        foreach (var job in await host.ClaimInTurnAsync(50, atOnce: 50))
        {
            await host.Writes.TryFailAsync(job, Error);
            Assert.True(await host.Control.TryRedriveAsync(job.Id, Cancellation));
        }

        await EnqueueAllAsync(host, "B", 2);

        Assert.Contains("B", await host.OwnersAsync(4));
    }

    private static async Task EnqueueAllAsync(QueueHost host, string owner, int jobs, int priority = 5, TimeSpan delay = default) =>
        await host.Queue.EnqueueAllAsync(
            [.. Enumerable.Range(0, jobs).Select(i => new Chore(Number: i))], owner, new() { Priority = priority, Delay = delay }, Cancellation);
}
