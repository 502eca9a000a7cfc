using Microsoft.Extensions.DependencyInjection;

namespace Queueing.Tests;

public sealed class PauseTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData(5)]
    public async Task A_paused_queue_gives_nothing_until_it_is_resumed(int? cap)
    {
        await using var host = await QueueHost.CreateAsync(
            await postgres.CreateDatabaseAsync(), builder => builder.ConfigureJobQueue("default", queue => queue.MaxRunning = cap));
        var sessionId = await host.OpenSessionAsync();
        await host.EnqueueAsync(new Chore());

        await host.Control.PauseAsync("default", Cancellation);
        await host.Control.PauseAsync("default", Cancellation);
        await host.EnqueueAsync(new Chore()); // Still accepted.
        Assert.Empty(await host.ClaimAsync(sessionId));

        await host.Control.ResumeAsync("default", Cancellation);
        Assert.Equal(2, (await host.ClaimAsync(sessionId)).Count);
    }

    [Fact]
    public async Task A_pause_of_one_queue_is_none_of_another()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await host.EnqueueAsync(new Chore());

        await host.Control.PauseAsync("other", Cancellation);

        Assert.Single(await host.ClaimAsync(await host.OpenSessionAsync()));
    }

    [Fact]
    public async Task Running_jobs_go_on_through_a_pause_and_a_resume_wakes_the_worker()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync(), builder =>
            builder.Services.Configure<JobWorkerOptions>(options => options.PollInterval = TimeSpan.FromMinutes(1)));
        var running = await host.EnqueueAsync("wait");
        await Eventually.TrueAsync(() => host.Log.Begun.Count == 1);

        await host.Control.PauseAsync("default", Cancellation);
        var waiting = await host.EnqueueAsync("echo");
        host.Log.Gate.SetResult();
        Assert.Equal(JobState.Completed, (await host.EndOfAsync(running)).Status);
        Assert.Equal(JobState.Waiting, (await host.StatusAsync(waiting)).Status);

        await host.Control.ResumeAsync("default", Cancellation);
        Assert.Equal(JobState.Completed, (await host.EndOfAsync(waiting)).Status);
    }

    [Fact]
    public async Task A_worker_that_starts_leaves_the_pause_as_it_is()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var host = await QueueHost.CreateAsync(connectionString);
        await host.Control.PauseAsync("default", Cancellation);
        var jobId = await host.EnqueueAsync("echo");

        await using var worker = await QueueHost.StartWorkerAsync(
            connectionString, builder => builder.ConfigureJobQueue("default", queue => queue.KeepFailed = TimeSpan.FromDays(30)));
        await Eventually.TrueAsync(async () => (TimeSpan)(await host.ScalarAsync("select keep_failed from job_queue"))! == TimeSpan.FromDays(30));

        Assert.NotEqual(DBNull.Value, await host.ScalarAsync("select paused_at from job_queue"));
        Assert.Equal(JobState.Waiting, (await host.StatusAsync(jobId)).Status);
    }
}
