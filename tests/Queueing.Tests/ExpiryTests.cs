using Queueing.Maintenance;

namespace Queueing.Tests;

/// <summary>Jobs that are of no use after a time.</summary>
public sealed class ExpiryTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, 0)]
    [InlineData(5, 0)]
    [InlineData(null, 3600)]
    public async Task A_job_not_begun_by_its_time_is_never_claimed_and_fails_as_expired(int? cap, int delaySeconds)
    {
        await using var host = await QueueHost.CreateWorkerAsync(
            await postgres.CreateDatabaseAsync(), builder => builder.ConfigureJobQueue("default", queue => queue.MaxRunning = cap));
        var now = TimeProvider.System.GetUtcNow();
        var jobId = await host.EnqueueAsync(new Chore(), new() { ExpiresAt = now.AddMinutes(1), Delay = TimeSpan.FromSeconds(delaySeconds) });
        var other = await host.EnqueueAsync(new Chore(), new() { ExpiresAt = now.AddHours(1) });
        await host.ScalarAsync($"update job_ready set expires_at = now() - interval '1 ms' where job_id = '{jobId}'");

        Assert.Equal(other, Assert.Single(await host.ClaimAsync(await host.OpenSessionAsync())).Id);
        await host.Task<JobExpirer>().RunOnceAsync(Cancellation);

        var status = await host.StatusAsync(jobId);
        Assert.Equal((JobState.Failed, 0, "expired", 2), (status.Status, status.Attempt, status.Error?.Type, status.Seq));
        Assert.Equal(JobState.Active, (await host.StatusAsync(other)).Status);
        Assert.Equal(new QueueCounts("default", 0, 1, 0, 1, 0, 0), Assert.Single(await host.Get<JobReader>().CountAsync(Cancellation)));
    }

    [Fact]
    public async Task A_job_that_was_begun_in_time_may_run_past_it()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        await host.EnqueueAsync(new Chore(), new() { ExpiresAt = TimeProvider.System.GetUtcNow().AddHours(1) });
        var job = Assert.Single(await host.ClaimAsync(await host.OpenSessionAsync()));
        await host.ScalarAsync("update job_ready set expires_at = now() - interval '1 hour'");

        await host.Task<JobExpirer>().RunOnceAsync(Cancellation);

        Assert.NotNull(await host.Writes.TryCompleteAsync(job));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(5)]
    public async Task A_job_that_was_begun_in_time_is_tried_again_after_it(int? cap)
    {
        await using var host = await QueueHost.CreateWorkerAsync(
            await postgres.CreateDatabaseAsync(), builder => builder.ConfigureJobQueue("default", queue => queue.MaxRunning = cap));
        var jobId = await host.EnqueueAsync(new Chore(), new() { ExpiresAt = TimeProvider.System.GetUtcNow().AddHours(1) });
        var sessionId = await host.OpenSessionAsync();
        await host.Writes.TryRetryAsync(Assert.Single(await host.ClaimAsync(sessionId)), """{"type":"t","message":"m","transient":true}""", TimeSpan.FromHours(1));
        await host.ScalarAsync("update job_ready set expires_at = now() - interval '1 hour'");
        await host.Task<JobExpirer>().RunOnceAsync(Cancellation);
        await host.MakeDueAsync();
        await host.Task<JobExpirer>().RunOnceAsync(Cancellation);

        var job = Assert.Single(await host.ClaimAsync(sessionId));
        Assert.Equal((jobId, 2), (job.Id, job.Attempt));
    }

    [Fact]
    public async Task A_running_worker_fails_what_expires()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        await host.Control.PauseAsync("default", Cancellation);

        var status = await host.EndOfAsync(await host.EnqueueAsync(new Chore(), new() { ExpiresAt = TimeProvider.System.GetUtcNow().AddMilliseconds(50) }));

        Assert.Equal((JobState.Failed, "expired"), (status.Status, status.Error?.Type));
    }

    [Fact]
    public async Task More_than_one_batch_expires_in_one_turn()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        await host.Queue.EnqueueAllAsync(
            [.. Enumerable.Range(0, 2001).Select(i => new Chore(Number: i))], "somebody", new() { ExpiresAt = TimeProvider.System.GetUtcNow().AddHours(-1) }, Cancellation);

        await host.Task<JobExpirer>().RunOnceAsync(Cancellation);

        Assert.Equal(2001L, await host.ScalarAsync("select count(*) from job_outcome where state = 'failed'"));
        Assert.Equal(0L, await host.ScalarAsync("select count(*) from job_ready"));
    }

    [Fact]
    public async Task Expirers_and_claimers_at_once_leave_each_job_to_one_of_them()
    {
        const int jobs = 400;
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        await host.Queue.EnqueueAllAsync([.. Enumerable.Range(0, jobs).Select(i => new Chore(Number: i))], "somebody", cancellationToken: Cancellation);

        var claiming = host.ClaimInTurnAsync(jobs, atOnce: 5);
        for (var i = 0; i < 10; i++)
        {
            await host.ScalarAsync("update job_ready set expires_at = now() where job_id in (select job_id from job_ready where session_id is null order by rank desc limit 10 for update skip locked)");
            await host.Task<JobExpirer>().RunOnceAsync(Cancellation);
        }

        var claimed = await claiming;
        await host.Task<JobExpirer>().RunOnceAsync(Cancellation);
        Assert.Equal(jobs, claimed.Count + (long)(await host.ScalarAsync("select count(*) from job_outcome"))!);
        Assert.Equal((long)claimed.Count, await host.ScalarAsync("select count(*) from job_ready where session_id is not null"));
    }
}
