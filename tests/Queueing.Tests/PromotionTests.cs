using Queueing.Maintenance;

namespace Queueing.Tests;

/// <summary>Delayed jobs whose time comes.</summary>
public sealed class PromotionTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_those_whose_time_has_come_are_let_wait()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        var due = await host.EnqueueAsync(new Chore(), new() { Delay = TimeSpan.FromHours(1) });
        var later = await host.EnqueueAsync(new Chore(), new() { Delay = TimeSpan.FromHours(3) });
        await host.ScalarAsync("update job_ready set run_at = run_at - interval '2 hours'");

        Assert.Equal(1, await host.Get<DueJobPromoter>().RunOnceAsync(Cancellation));
        Assert.Equal(0, await host.Get<DueJobPromoter>().RunOnceAsync(Cancellation));

        Assert.Equal(due, Assert.Single(await host.ClaimAsync(await host.OpenSessionAsync())).Id);
        Assert.Equal(JobState.Delayed, (await host.StatusAsync(later)).Status);
    }

    [Fact]
    public async Task Promoters_at_once_promote_each_job_once()
    {
        const int jobs = 3000;
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        await host.Queue.EnqueueAllAsync(
            [.. Enumerable.Range(0, jobs).Select(i => new Chore(Number: i))], "somebody", new() { Delay = TimeSpan.FromHours(1) }, Cancellation);
        await host.ScalarAsync("update job_ready set run_at = now()");
        var promoter = host.Get<DueJobPromoter>();

        var promoted = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            var sum = 0;
            while (await promoter.RunOnceAsync(Cancellation) is > 0 and var some)
            {
                sum += some;
            }

            return sum;
        }));

        Assert.Equal(jobs, promoted.Sum());
        Assert.Equal(new QueueCounts("default", jobs, 0, 0, 0, 0, 0), Assert.Single(await host.Get<JobReader>().CountAsync(Cancellation)));
        Assert.Equal(jobs, (await host.OrderAsync(atOnce: 500)).Distinct().Count());
    }

    [Fact]
    public async Task A_running_worker_runs_a_delayed_job_soon_after_its_time_and_not_before()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());

        var status = await host.EndOfAsync(await host.EnqueueAsync(new Chore(), new() { Delay = TimeSpan.FromMilliseconds(300) }));

        Assert.InRange(status.StartedAt!.Value - status.CreatedAt, TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(5));
    }
}
