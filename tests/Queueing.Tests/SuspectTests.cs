using Queueing.Store;

namespace Queueing.Tests;

/// <summary>Jobs that a worker died of: they are tried again, one at a time, so that the guilty one is known.</summary>
public sealed class SuspectTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData(100)]
    public async Task A_claim_takes_one_at_most_and_others_besides(int? cap)
    {
        await using var host = await QueueHost.CreateAsync(
            await postgres.CreateDatabaseAsync(), builder => builder.ConfigureJobQueue("default", queue => queue.MaxRunning = cap));
        var suspects = await EnqueueSuspectsAsync(host, 3);
        for (var i = 0; i < 3; i++)
        {
            await host.EnqueueAsync(new Chore());
        }

        var sessionId = await host.OpenSessionAsync();
        var claimed = await host.ClaimAsync(sessionId);
        var more = await ClaimAsync(host, sessionId, suspects: 0);

        Assert.Equal(4, claimed.Count);
        Assert.Equal(suspects[0], Assert.Single(claimed, job => job.Kills > 0).Id);
        Assert.Empty(more);
    }

    [Fact]
    public async Task A_worker_runs_one_at_a_time_and_all_in_the_end()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        await host.Control.PauseAsync("default", Cancellation);
        var suspects = await EnqueueSuspectsAsync(host, 5);
        var innocent = new List<Guid>();
        for (var i = 0; i < 10; i++)
        {
            innocent.Add(await host.EnqueueAsync(new Chore()));
        }

        var (running, most) = (0, 0);
        host.Chores.Run = async (_, context, _) =>
        {
            if (suspects.Contains(context.JobId))
            {
                most = Math.Max(most, Interlocked.Increment(ref running));
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
                Interlocked.Decrement(ref running);
            }

            return new JobOutcome.Completed();
        };
        await host.Control.ResumeAsync("default", Cancellation);

        await Eventually.TrueAsync(async () => (long)(await host.ScalarAsync("select count(*) from job_outcome where state = 'completed'"))! == 15);
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task One_that_runs_long_does_not_hold_up_the_others()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        await host.Control.PauseAsync("default", Cancellation);
        var suspect = await host.EnqueueAsync("wait");
        await host.ScalarAsync("update job_ready set kills = 1");
        await host.Control.ResumeAsync("default", Cancellation);
        await Eventually.TrueAsync(() => host.Log.Begun.Count == 1);

        for (var i = 0; i < 20; i++)
        {
            await host.EndOfAsync(await host.EnqueueAsync("echo"));
        }

        host.Log.Gate.SetResult();
        Assert.Equal(JobState.Completed, (await host.EndOfAsync(suspect)).Status);
    }

    private static async Task<List<Guid>> EnqueueSuspectsAsync(QueueHost host, int jobs)
    {
        var suspects = new List<Guid>();
        for (var i = 0; i < jobs; i++)
        {
            suspects.Add(await host.EnqueueAsync(new Chore()));
        }

        await host.ScalarAsync("update job_ready set kills = 1");
        return suspects;
    }

    private static Task<List<ClaimedJob>> ClaimAsync(QueueHost host, Guid sessionId, int suspects) =>
        host.Get<ClaimStore>().ClaimAsync(sessionId, "default", 10, host.Get<JobQueues>()["default"], suspects, Cancellation);
}
