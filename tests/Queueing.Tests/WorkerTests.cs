namespace Queueing.Tests;

/// <summary>Jobs carried through by a running worker.</summary>
public sealed class WorkerTests(PostgresServerFixture postgres)
{
    [Fact]
    public async Task A_job_is_carried_out_and_its_result_and_usage_kept()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());

        var status = await host.EndOfAsync(await host.EnqueueAsync("echo", 7));

        Assert.Equal((JobState.Completed, 100, 1), (status.Status, status.Progress, status.Attempt));
        Assert.Equal("""{"number":7}""", status.Result?.GetRawText());
        Assert.Equal(new JobUsage("test", "echo", 3, 4, 0.5m), status.Usage);
        Assert.NotNull(status.FinishedAt);
    }

    [Fact]
    public async Task An_attempt_that_throws_is_tried_again_and_its_error_kept()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());

        var status = await host.EndOfAsync(await host.EnqueueAsync("throw-once"));

        Assert.Equal((JobState.Completed, 2), (status.Status, status.Attempt));
        Assert.Null(status.Error);
        Assert.Equal(
            "InvalidOperationException", await host.ScalarAsync("select error ->> 'type' from job_failure where attempt = 1 and stack like '%Worker.HandleAsync%'"));
    }

    [Fact]
    public async Task Out_of_attempts_a_job_fails_with_its_last_error()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());

        var status = await host.EndOfAsync(await host.EnqueueAsync("throw"));

        Assert.Equal((JobState.Failed, 3), (status.Status, status.Attempt));
        Assert.Equal(new JobError("InvalidOperationException", "The work broke.", Transient: true), status.Error);
        Assert.Equal(3, host.Log.Begun.Count);
    }

    [Fact]
    public async Task What_another_attempt_cannot_help_is_not_tried_again()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());

        var status = await host.EndOfAsync(await host.EnqueueAsync("refuse"));

        Assert.Equal((JobState.Failed, 1), (status.Status, status.Attempt));
        Assert.Equal(new JobError("no-good", "This can't be done.", Transient: false), status.Error);
    }

    [Theory]
    [InlineData("unwritable", "NotSupportedException")]
    [InlineData("throw-nul", "InvalidOperationException")]
    public async Task What_cannot_be_written_down_as_it_is_ends_as_a_failed_attempt(string script, string error)
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());

        var status = await host.EndOfAsync(await host.EnqueueAsync(script));

        Assert.Equal((JobState.Failed, 3, error), (status.Status, status.Attempt, status.Error?.Type));
    }

    [Fact]
    public async Task A_payload_that_no_longer_fits_its_record_fails_at_once()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var host = await QueueHost.CreateAsync(connectionString);
        var jobId = await host.EnqueueAsync("echo");
        await host.ScalarAsync("update job set args = '{\"script\": {}}'");

        await using var worker = await QueueHost.StartWorkerAsync(connectionString);
        var status = await worker.EndOfAsync(jobId);

        Assert.Equal((JobState.Failed, 1, "invalid-payload"), (status.Status, status.Attempt, status.Error?.Type));
    }

    [Fact]
    public async Task An_attempt_over_its_timeout_is_cancelled_and_counts()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync(), builder =>
            builder.AddJob<Hang, HangHandler>("hang", options =>
            {
                options.Timeout = TimeSpan.FromMilliseconds(50);
                options.MaxAttempts = 1;
            }));

        var (jobId, _) = await host.Queue.EnqueueAsync(new Hang(), "somebody", cancellationToken: TestContext.Current.CancellationToken);
        var status = await host.EndOfAsync(jobId);

        Assert.Equal((JobState.Failed, "timeout", true), (status.Status, status.Error?.Type, status.Error?.Transient));
    }

    [Fact]
    public async Task A_stop_hands_running_jobs_back_untried()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var first = await QueueHost.StartWorkerAsync(connectionString);
        var jobId = await first.EnqueueAsync("wait");
        await Eventually.TrueAsync(() => first.Log.Begun.Count == 1);

        await first.StopAsync();

        var status = await first.StatusAsync(jobId);
        Assert.Equal((JobState.Waiting, 0), (status.Status, status.Attempt));
        Assert.Equal(0L, await first.ScalarAsync("select count(*) from worker_session"));
        await using var second = await QueueHost.StartWorkerAsync(connectionString);
        second.Log.Gate.SetResult();
        Assert.Equal((JobState.Completed, 1), (await second.EndOfAsync(jobId)) is var end ? (end.Status, end.Attempt) : default);
    }

    [Fact]
    public async Task A_worker_whose_session_was_ended_is_cancelled_and_its_result_discarded()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        var jobId = await host.EnqueueAsync("wait");
        await Eventually.TrueAsync(() => host.Log.Begun.Count == 1);

        await host.ScalarAsync("delete from worker_session");

        // It notices, begins a new session, and the job comes back to it as another attempt.
        await Eventually.TrueAsync(() => host.Log.Begun.Count == 2);
        await Eventually.TrueAsync(() => host.Log.Cancelled.Contains((jobId, 1)));
        host.Log.Gate.SetResult();
        var status = await host.EndOfAsync(jobId);
        Assert.Equal((JobState.Completed, 2), (status.Status, status.Attempt));
    }

    [Fact]
    public async Task More_jobs_than_slots_are_all_done_and_never_more_at_once()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        for (var i = 0; i < 20; i++)
        {
            await host.EnqueueAsync("wait", i);
        }

        await Eventually.TrueAsync(() => host.Log.Begun.Count == 8);
        Assert.Equal(8L, await host.ScalarAsync("select count(*) from job_ready where session_id is not null"));
        host.Log.Gate.SetResult();

        await Eventually.TrueAsync(async () => (long)(await host.ScalarAsync("select count(*) from job_outcome"))! == 20);
        Assert.Equal(20, host.Log.Begun.Count);
    }

    private sealed record Hang;

    private sealed class HangHandler : IJobHandler<Hang>
    {
        public async Task<JobOutcome> HandleAsync(Hang args, JobContext context, CancellationToken workToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, workToken);
            return new JobOutcome.Completed();
        }
    }
}
