using Microsoft.Extensions.Time.Testing;
using Queueing.Store;

namespace Queueing.Tests;

/// <summary>A worker looks for jobs from where the last ones were, but never for long past one that came in before.</summary>
public sealed class QueueFloorsTests(PostgresServerFixture postgres)
{
    private const long Rank = 5_000_000_000;
    private const long Slack = 1_000_000;
    private readonly FakeTimeProvider time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_look_begins_a_little_before_what_the_last_one_found_for_a_second()
    {
        var floors = new QueueFloors(time);
        Assert.Equal(long.MinValue, floors.Of("q"));

        floors.Found("q", long.MinValue, Rank);
        Assert.Equal(Rank - Slack, floors.Of("q"));
        Assert.Equal(long.MinValue, floors.Of("other"));

        time.Advance(TimeSpan.FromSeconds(0.99));
        Assert.Equal(Rank - Slack, floors.Of("q"));
        time.Advance(TimeSpan.FromSeconds(0.01));
        Assert.Equal(long.MinValue, floors.Of("q"));
    }

    [Fact]
    public void Looks_from_the_floor_do_not_renew_the_trust_in_it()
    {
        var floors = new QueueFloors(time);
        floors.Found("q", long.MinValue, Rank);
        for (var i = 0; i < 10; i++)
        {
            time.Advance(TimeSpan.FromSeconds(0.1));
            floors.Found("q", floors.Of("q") is long.MinValue ? 0 : floors.Of("q"), Rank + i);
        }

        Assert.Equal(long.MinValue, floors.Of("q"));
    }

    [Fact]
    public void A_job_that_comes_in_below_lowers_the_floor_and_one_above_does_not()
    {
        var floors = new QueueFloors(time);
        floors.Lower("q", 7); // Nothing is known of it yet.
        floors.Found("q", long.MinValue, Rank);

        floors.Lower("q", Rank * 2);
        Assert.Equal(Rank - Slack, floors.Of("q"));
        floors.Lower("q", 7);
        Assert.Equal(7, floors.Of("q"));
        floors.Forget("q");
        Assert.Equal(long.MinValue, floors.Of("q"));
    }

    [Fact]
    public async Task A_job_below_the_floor_that_nobody_told_of_is_claimed_within_a_second()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        var claims = new ClaimStore(host.Database, new QueueFloors(time));
        var sessionId = await host.OpenSessionAsync();
        await host.EnqueueAsync(new Chore(Number: 1));
        await host.EnqueueAsync(new Chore(Number: 2));
        Assert.Equal(1, Assert.Single(await ClaimAsync(claims, sessionId)).Number);

        var urgent = await host.EnqueueAsync(new Chore(Number: 3), new() { Priority = 10 });
        Assert.Equal(2, Assert.Single(await ClaimAsync(claims, sessionId)).Number); // It looks from its floor on.
        Assert.Empty(await ClaimAsync(claims, sessionId));

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(urgent, Assert.Single(await ClaimAsync(claims, sessionId)).Id);
    }

    [Fact]
    public async Task A_job_below_the_floor_is_claimed_at_once_after_its_wake_up()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        var floors = new QueueFloors(time);
        var claims = new ClaimStore(host.Database, floors);
        host.Get<JobWakeUp>().Raised += floors.Lower;
        var sessionId = await host.OpenSessionAsync();
        await host.EnqueueAsync(new Chore(Number: 1));
        await host.EnqueueAsync(new Chore(Number: 2));
        Assert.Equal(1, Assert.Single(await ClaimAsync(claims, sessionId)).Number);

        var urgent = await host.EnqueueAsync(new Chore(Number: 3), new() { Priority = 10 });

        Assert.Equal(urgent, Assert.Single(await ClaimAsync(claims, sessionId)).Id);
    }

    [Fact]
    public async Task A_job_that_is_let_wait_again_is_told_of_with_its_rank()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        var told = new List<(string, long)>();
        host.Get<JobWakeUp>().Raised += (queue, rank) => told.Add((queue, rank));
        await host.EnqueueAsync(new Chore(), new() { Delay = TimeSpan.FromHours(1), Priority = 10 });
        Assert.Empty(told); // It is not due.

        await host.MakeDueAsync();

        Assert.Equal(("default", (long)(await host.ScalarAsync("select rank from job_ready"))!), Assert.Single(told));
    }

    private static Task<List<ClaimedJob>> ClaimAsync(ClaimStore claims, Guid sessionId) =>
        claims.ClaimAsync(sessionId, "default", 1, new(), suspects: 1, Cancellation);
}
