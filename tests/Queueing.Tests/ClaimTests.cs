using System.Collections.Concurrent;
using Queueing.Store;

namespace Queueing.Tests;

public sealed class ClaimTests(PostgresServerFixture postgres)
{
    [Fact]
    public async Task Many_claimers_never_get_the_same_job_and_miss_none()
    {
        const int jobs = 400, claimers = 16;
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        for (var i = 0; i < jobs; i++)
        {
            await host.EnqueueAsync("echo", i);
        }

        var claimed = new ConcurrentBag<Guid>();
        await Task.WhenAll(Enumerable.Range(0, claimers).Select(async _ =>
        {
            var sessionId = await host.OpenSessionAsync();
            while (await host.ClaimAsync(sessionId, limit: 7) is { Count: > 0 } batch)
            {
                Assert.InRange(batch.Count, 1, 7);
                batch.ForEach(job => claimed.Add(job.Id));
            }
        }));

        Assert.Equal(jobs, claimed.Count);
        Assert.Equal(jobs, claimed.Distinct().Count());
    }

    [Fact]
    public async Task Higher_priorities_come_first_and_equals_in_the_order_of_their_time()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        var sessionId = await host.OpenSessionAsync();
        Guid[] enqueued =
        [
            await host.EnqueueAsync("echo", options: new() { Priority = 1 }),
            await host.EnqueueAsync("echo", options: new() { Priority = 5 }),
            await host.EnqueueAsync("echo", options: new() { Priority = 9 }),
            await host.EnqueueAsync("echo", options: new() { Priority = 5 }),
        ];

        var claimed = await host.ClaimAsync(sessionId);

        Assert.Equal([enqueued[2], enqueued[1], enqueued[3], enqueued[0]], claimed.Select(job => job.Id));
    }

    [Fact]
    public async Task A_claim_counts_an_attempt_and_hands_over_the_payload()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        var jobId = await host.EnqueueAsync("echo", 42);

        var job = Assert.Single(await host.ClaimAsync(await host.OpenSessionAsync()));

        Assert.Equal((jobId, 1, 3, "work", "somebody"), (job.Id, job.Attempt, job.MaxAttempts, job.Type, job.Owner));
        Assert.Contains("42", job.Args, StringComparison.Ordinal);
        var status = await host.StatusAsync(jobId);
        Assert.Equal((JobState.Active, 1), (status.Status, status.Attempt));
        Assert.NotNull(status.StartedAt);
    }

    [Fact]
    public async Task A_session_that_was_ended_claims_nothing()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await host.EnqueueAsync("echo");
        var sessionId = await host.OpenSessionAsync();
        await host.Get<SessionStore>().CloseAsync(sessionId, TestContext.Current.CancellationToken);

        Assert.Empty(await host.ClaimAsync(sessionId));
    }

    [Fact]
    public async Task Queues_of_other_workers_are_left_alone()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await host.EnqueueAsync("echo");

        Assert.Empty(await host.Get<ClaimStore>().ClaimAsync(
            await host.OpenSessionAsync(), "other", 10, new(), suspects: 1, TestContext.Current.CancellationToken));
    }
}
