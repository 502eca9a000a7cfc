namespace Queueing.Tests;

/// <summary>Jobs that somebody calls off.</summary>
public sealed class CancelTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(3600)]
    public async Task One_that_waits_ends_at_once_and_is_never_given_to_a_worker(int delaySeconds)
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        var jobId = await host.EnqueueAsync(new Chore(), new() { Delay = TimeSpan.FromSeconds(delaySeconds) });

        Assert.Equal(CancelAnswer.Cancelled, await CancelAsync(host, jobId));

        var status = await host.StatusAsync(jobId);
        Assert.Equal((JobState.Cancelled, 0, 2, null), (status.Status, status.Attempt, status.Seq, status.Error));
        Assert.Empty(await host.ClaimAsync(await host.OpenSessionAsync()));
        Assert.Equal(CancelAnswer.NotPending, await CancelAsync(host, jobId));
    }

    [Fact]
    public async Task One_that_has_ended_or_never_was_is_not_pending()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        var jobId = await host.EnqueueAsync("echo");
        await host.EndOfAsync(jobId);

        Assert.Equal(CancelAnswer.NotPending, await CancelAsync(host, jobId));
        Assert.Equal(CancelAnswer.NotPending, await CancelAsync(host, Guid.CreateVersion7()));
        Assert.Equal(JobState.Completed, (await host.StatusAsync(jobId)).Status);
    }

    [Fact]
    public async Task One_that_runs_has_its_token_cancelled_within_a_second_without_Redis_and_ends_cancelled()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        var jobId = await host.EnqueueAsync("wait");
        await Eventually.TrueAsync(() => host.Log.Begun.Count == 1);

        Assert.Equal(CancelAnswer.Asked, await CancelAsync(host, jobId));
        var asked = TimeProvider.System.GetTimestamp();
        await Eventually.TrueAsync(() => host.Log.Cancelled.Count == 1);
        Assert.InRange(TimeProvider.System.GetElapsedTime(asked), TimeSpan.Zero, TimeSpan.FromSeconds(1.5));

        var status = await host.EndOfAsync(jobId);
        Assert.Equal((JobState.Cancelled, 1, null), (status.Status, status.Attempt, status.Error));
        Assert.Equal(CancelAnswer.NotPending, await CancelAsync(host, jobId));
    }

    [Fact]
    public async Task Others_that_run_beside_it_go_on()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        var other = await host.EnqueueAsync("wait");
        var jobId = await host.EnqueueAsync("wait");
        await Eventually.TrueAsync(() => host.Log.Begun.Count == 2);

        await CancelAsync(host, jobId);
        await host.EndOfAsync(jobId);
        host.Log.Gate.SetResult();

        Assert.Equal(JobState.Completed, (await host.EndOfAsync(other)).Status);
    }

    [Fact]
    public async Task A_handler_that_completes_in_spite_of_it_has_completed_the_job()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        host.Chores.Run = async (_, _, workToken) => await WhenCancelledAsync(new JobOutcome.Completed("done"), workToken);

        var status = await EndOfCancelledAsync(host);

        Assert.Equal((JobState.Completed, "\"done\""), (status.Status, status.Result?.GetRawText()));
    }

    [Theory]
    [InlineData("throws")]
    [InlineData("retries")]
    [InlineData("snoozes")]
    public async Task A_handler_that_fails_or_wants_to_wait_is_not_run_again(string how)
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        var runs = 0;
        host.Chores.Run = async (_, _, workToken) =>
        {
            runs++;
            var outcome = await WhenCancelledAsync(
                how == "retries" ? new JobOutcome.RetryAfter(TimeSpan.Zero, "t", "m") : new JobOutcome.SnoozeFor(TimeSpan.FromMilliseconds(1)),
                workToken);
            return how == "throws" ? throw new InvalidOperationException("It broke.") : outcome;
        };

        var status = await EndOfCancelledAsync(host);

        Assert.Equal((JobState.Cancelled, 1, 1), (status.Status, status.Attempt, runs));
    }

    [Fact]
    public async Task One_that_waits_for_its_next_attempt_ends_at_once()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        host.Chores.Answer(_ => new JobOutcome.RetryAfter(TimeSpan.FromHours(1), "t", "m"));
        var jobId = await host.EnqueueAsync(new Chore());
        await host.InStateAsync(jobId, JobState.Delayed);

        Assert.Equal(CancelAnswer.Cancelled, await CancelAsync(host, jobId));

        Assert.Equal((JobState.Cancelled, 1), (await host.StatusAsync(jobId)) is var status ? (status.Status, status.Attempt) : default);
    }

    [Fact]
    public async Task One_whose_worker_stops_before_it_heard_of_it_ends_cancelled()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        var sessionId = await host.OpenSessionAsync();
        var jobId = await host.EnqueueAsync(new Chore());
        await host.ClaimAsync(sessionId);
        await CancelAsync(host, jobId);

        // The worker never began it.
        await host.Get<Store.ClaimStore>().ReleaseHeldAsync(sessionId, "default", [], Cancellation);

        Assert.Equal(JobState.Cancelled, (await host.StatusAsync(jobId)).Status);
        Assert.Equal(
            [new QueueCounts("default", Waiting: 0, Active: 0, Completed: 0, Failed: 0, Delayed: 0, Cancelled: 1)],
            await host.Get<JobReader>().CountAsync(Cancellation));
    }

    [Fact]
    public async Task Claims_and_cancels_at_once_leave_each_job_to_one_of_them()
    {
        const int jobs = 200;
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        var enqueued = await host.Queue.EnqueueAllAsync([.. Enumerable.Range(0, jobs).Select(i => new Chore(Number: i))], "somebody", cancellationToken: Cancellation);

        var claiming = host.ClaimInTurnAsync(jobs, atOnce: 3);
        var answers = await Task.WhenAll(enqueued.Reverse().Select(job => CancelAsync(host, job.JobId)));
        var claimed = await claiming;

        Assert.DoesNotContain(CancelAnswer.NotPending, answers);
        Assert.Equal(claimed.Count, answers.Count(answer => answer == CancelAnswer.Asked) + await UnaskedAsync());
        Assert.Equal((long)jobs - claimed.Count, await host.ScalarAsync("select count(*) from job_outcome where state = 'cancelled'"));

        async Task<int> UnaskedAsync() => (int)(long)(await host.ScalarAsync("select count(*) from job_ready where not cancel_requested"))!;
    }

    private static async Task<JobStatus> EndOfCancelledAsync(QueueHost host)
    {
        var jobId = await host.EnqueueAsync(new Chore());
        await Eventually.TrueAsync(async () => (await host.StatusAsync(jobId)).StartedAt is not null);
        Assert.Equal(CancelAnswer.Asked, await CancelAsync(host, jobId));
        return await host.EndOfAsync(jobId);
    }

    private static async Task<JobOutcome> WhenCancelledAsync(JobOutcome outcome, CancellationToken workToken)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, workToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return outcome;
    }

    private static Task<CancelAnswer> CancelAsync(QueueHost host, Guid jobId) => host.Control.CancelAsync(jobId, Cancellation);
}
