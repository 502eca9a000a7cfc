using Queueing.Maintenance;
using Queueing.Store;

namespace Queueing.Tests;

/// <summary>Jobs whose workers are lost while they hold them.</summary>
public sealed class PoisonTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_that_has_cost_two_workers_fails_as_poison_though_it_has_attempts_left()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        var jobId = await host.EnqueueAsync(new Chore());

        await LoseWorkerAsync(host);
        Assert.Equal(JobState.Waiting, (await host.StatusAsync(jobId)).Status);
        await LoseWorkerAsync(host);

        var status = await host.StatusAsync(jobId);
        Assert.Equal((JobState.Failed, 2, "poison"), (status.Status, status.Attempt, status.Error?.Type));
        Assert.False(status.Error!.Transient);
        Assert.Empty(await host.ClaimAsync(await host.OpenSessionAsync()));
        Assert.Equal("poison", Assert.Single(await host.Get<JobReader>().FindFailuresAsync(jobId, Cancellation)).Error.Type);
    }

    [Fact]
    public async Task A_job_that_has_cost_one_worker_completes_with_the_next()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        var jobId = await host.EnqueueAsync(new Chore());
        await LoseWorkerAsync(host);

        var job = Assert.Single(await host.ClaimAsync(await host.OpenSessionAsync()));
        Assert.Equal((2, 1), (job.Attempt, job.Kills));
        await host.Writes.TryCompleteAsync(job);

        Assert.Equal((JobState.Completed, 2), (await host.StatusAsync(jobId)) is var status ? (status.Status, status.Attempt) : default);
    }

    [Fact]
    public async Task Failed_attempts_between_do_not_make_a_lost_worker_forgotten()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        var jobId = await host.EnqueueAsync(new Chore());
        await LoseWorkerAsync(host);
        await host.Writes.TryRetryAsync((await host.ClaimAsync(await host.OpenSessionAsync()))[0], """{"type":"t","message":"m","transient":true}""");

        await LoseWorkerAsync(host);

        Assert.Equal("poison", (await host.StatusAsync(jobId)).Error?.Type);
    }

    [Fact]
    public async Task A_job_that_was_called_off_ends_with_its_lost_worker()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        var jobId = await host.EnqueueAsync(new Chore());

        await LoseWorkerAsync(host, () => host.Control.CancelAsync(jobId, Cancellation));

        Assert.Equal((JobState.Cancelled, null), (await host.StatusAsync(jobId)) is var status ? (status.Status, status.Error) : default);
    }

    [Fact]
    public async Task Run_again_a_poisoned_job_begins_anew()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        var jobId = await host.EnqueueAsync(new Chore());
        await LoseWorkerAsync(host);
        await LoseWorkerAsync(host);

        Assert.True(await host.Control.TryRedriveAsync(jobId, Cancellation));

        var job = Assert.Single(await host.ClaimAsync(await host.OpenSessionAsync()));
        Assert.Equal((jobId, 1, 0), (job.Id, job.Attempt, job.Kills));
    }

    [Fact]
    public async Task Rescuers_at_once_take_each_job_back_once()
    {
        const int jobs = 300;
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        await host.Queue.EnqueueAllAsync([.. Enumerable.Range(0, jobs).Select(i => new Chore(Number: i))], "somebody", cancellationToken: Cancellation);
        await host.ClaimInTurnAsync(jobs, atOnce: 100);
        await host.ScalarAsync("delete from worker_session");

        var rescuer = host.Get<JobRescuer>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => rescuer.RunOnceAsync(Cancellation)));

        Assert.Equal((long)jobs, await host.ScalarAsync("select count(*) from job_ready where session_id is null and kills = 1"));
        Assert.Equal(new QueueCounts("default", jobs, 0, 0, 0, 0, 0), Assert.Single(await host.Get<JobReader>().CountAsync(Cancellation)));
    }

    private static async Task LoseWorkerAsync(QueueHost host, Func<Task>? meanwhile = null)
    {
        var sessionId = await host.OpenSessionAsync();
        Assert.Single(await host.ClaimAsync(sessionId));
        await (meanwhile?.Invoke() ?? Task.CompletedTask);
        await host.Get<SessionStore>().CloseAsync(sessionId, Cancellation);
        await host.Get<JobRescuer>().RunOnceAsync(Cancellation);
    }
}
