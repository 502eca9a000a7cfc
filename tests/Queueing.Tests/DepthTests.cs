namespace Queueing.Tests;

/// <summary>Queues that hold only so many jobs.</summary>
public sealed class DepthTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_queue_refuses_and_says_when_to_try_again()
    {
        await using var host = await CreateAsync(limit: 3);
        for (var i = 0; i < 3; i++)
        {
            await host.EnqueueAsync(new Chore(), i == 0 ? new() { Delay = TimeSpan.FromHours(1) } : null);
        }

        var refusal = await Assert.ThrowsAsync<QueueFullException>(() => host.EnqueueAsync(new Chore()));

        Assert.Equal(("default", 3L), (refusal.Queue, refusal.Limit));
        Assert.InRange(refusal.RetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        Assert.Equal(3L, await host.ScalarAsync("select count(*) from job"));
    }

    [Fact]
    public async Task There_is_room_again_as_soon_as_jobs_are_given_to_a_worker()
    {
        await using var host = await CreateAsync(limit: 2);
        await host.EnqueueAsync(new Chore());
        await host.EnqueueAsync(new Chore());
        await Assert.ThrowsAsync<QueueFullException>(() => host.EnqueueAsync(new Chore()));

        var claimed = await host.ClaimAsync(await host.OpenSessionAsync(), limit: 1);
        await host.Writes.TryCompleteAsync(claimed[0]);

        await host.EnqueueAsync(new Chore()); // At once: nobody is refused by an old answer.
        await Assert.ThrowsAsync<QueueFullException>(() => host.EnqueueAsync(new Chore()));
    }

    [Fact]
    public async Task A_queue_that_is_served_tells_a_time_by_its_pace()
    {
        await using var host = await CreateAsync(limit: 100);
        await host.Queue.EnqueueAllAsync([.. Enumerable.Range(0, 100).Select(i => new Chore(Number: i))], "somebody", cancellationToken: Cancellation);
        await Assert.ThrowsAsync<QueueFullException>(() => host.EnqueueAsync(new Chore()));
        await host.ClaimAsync(await host.OpenSessionAsync(), limit: 50);
        await host.Queue.EnqueueAllAsync([.. Enumerable.Range(0, 50).Select(i => new Chore(Number: i))], "somebody", cancellationToken: Cancellation);

        var refusal = await Assert.ThrowsAsync<QueueFullException>(() => host.EnqueueAsync(new Chore()));

        Assert.InRange(refusal.RetryAfter, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(59));
    }

    [Fact]
    public async Task A_batch_that_does_not_fit_as_a_whole_is_refused_as_a_whole()
    {
        await using var host = await CreateAsync(limit: 5);
        await host.EnqueueAsync(new Chore());

        await Assert.ThrowsAsync<QueueFullException>(() => host.Queue.EnqueueAllAsync(
            [.. Enumerable.Range(0, 5).Select(i => new Chore(Number: i))], "somebody", cancellationToken: Cancellation));
        await host.Queue.EnqueueAllAsync([.. Enumerable.Range(0, 4).Select(i => new Chore(Number: i))], "somebody", cancellationToken: Cancellation);

        Assert.Equal(5L, await host.ScalarAsync("select count(*) from job"));
    }

    [Fact]
    public async Task Of_callers_that_come_at_once_no_fewer_than_fit_are_accepted_and_after_them_none()
    {
        await using var host = await CreateAsync(limit: 10);

        var calls = Enumerable.Range(0, 64).Select(_ => host.EnqueueAsync(new Chore())).ToArray();
        await Task.WhenAll(calls).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.All(calls.Where(call => call.IsFaulted), call => Assert.IsType<QueueFullException>(call.Exception!.InnerException));
        var accepted = calls.Count(call => call.IsCompletedSuccessfully);
        Assert.InRange(accepted, 10, 64); // Those whose jobs aren't committed yet don't see each other; on a busy machine that may be all.
        Assert.Equal((long)accepted, await host.ScalarAsync("select count(*) from job_ready"));
        await Assert.ThrowsAsync<QueueFullException>(() => host.EnqueueAsync(new Chore()));
    }

    [Fact]
    public async Task Another_queues_jobs_take_no_room()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync(), builder =>
        {
            builder.ConfigureJobQueue("default", queue => queue.MaxDepth = 1);
            builder.AddJob<Elsewhere, ElsewhereHandler>("elsewhere", type => type.Queue = "other");
        });
        await host.EnqueueAsync(new Chore());

        await host.Queue.EnqueueAsync(new Elsewhere(), "somebody", cancellationToken: Cancellation);
        await host.Queue.EnqueueAsync(new Elsewhere(), "somebody", cancellationToken: Cancellation);

        await Assert.ThrowsAsync<QueueFullException>(() => host.EnqueueAsync(new Chore()));
    }

    private async Task<QueueHost> CreateAsync(long limit) => await QueueHost.CreateAsync(
        await postgres.CreateDatabaseAsync(), builder => builder.ConfigureJobQueue("default", queue => queue.MaxDepth = limit));

    private sealed record Elsewhere;

    private sealed class ElsewhereHandler : IJobHandler<Elsewhere>
    {
        public Task<JobOutcome> HandleAsync(Elsewhere args, JobContext context, CancellationToken workToken) =>
            Task.FromResult<JobOutcome>(new JobOutcome.Completed());
    }
}
