namespace Queueing.Tests;

/// <summary>What a handler may say of its attempt.</summary>
public sealed class OutcomeTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Retry_after_waits_as_long_as_it_says_and_counts_the_attempt()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        host.Chores.Answer(context => context.Attempt == 1
            ? new JobOutcome.RetryAfter(TimeSpan.FromHours(1), "rate-limited", "Too many.")
            : new JobOutcome.Completed(context.Attempt));

        var jobId = await host.EnqueueAsync(new Chore());
        await host.InStateAsync(jobId, JobState.Delayed);

        var status = await host.StatusAsync(jobId);
        Assert.Equal(1, status.Attempt);
        Assert.InRange(status.RunAt - status.CreatedAt, TimeSpan.FromHours(1), TimeSpan.FromHours(1.1));
        Assert.Equal(new JobError("rate-limited", "Too many.", Transient: true), Assert.Single(await FailuresAsync(host, jobId)).Error);
        await host.MakeDueAsync();
        Assert.Equal("2", (await host.EndOfAsync(jobId)).Result?.GetRawText());
    }

    [Fact]
    public async Task Retry_after_without_a_delay_takes_the_types_backoff()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync(), builder =>
            builder.AddJob<Patient, PatientHandler>("patient", type => type.Backoff = Backoff.Fixed(TimeSpan.FromHours(2))));

        var (jobId, _) = await host.Queue.EnqueueAsync(new Patient(), "somebody", cancellationToken: Cancellation);
        await host.InStateAsync(jobId, JobState.Delayed);

        var status = await host.StatusAsync(jobId);
        Assert.InRange(status.RunAt - status.CreatedAt, TimeSpan.FromHours(2), TimeSpan.FromHours(2.1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public async Task Retry_after_nothing_runs_again_at_once_until_attempts_are_used_up(int seconds)
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        host.Chores.Answer(context => new JobOutcome.RetryAfter(TimeSpan.FromSeconds(seconds), "busy", $"Attempt {context.Attempt}."));

        var jobId = await host.EnqueueAsync(new Chore());

        var status = await host.EndOfAsync(jobId);
        Assert.Equal((JobState.Failed, 3, "Attempt 3."), (status.Status, status.Attempt, status.Error?.Message));
        Assert.Equal([1, 2, 3], (await FailuresAsync(host, jobId)).Select(failure => failure.Attempt));
    }

    [Fact]
    public async Task Snoozed_more_often_than_it_has_attempts_a_job_is_still_at_its_first()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        var runs = 0;
        host.Chores.Answer(context => ++runs <= 10 ? new JobOutcome.SnoozeFor(TimeSpan.FromMilliseconds(1)) : new JobOutcome.Completed(context.Attempt));

        var jobId = await host.EnqueueAsync(new Chore());

        var status = await host.EndOfAsync(jobId);
        Assert.Equal((JobState.Completed, 1, "1", 11), (status.Status, status.Attempt, status.Result?.GetRawText(), runs));
        Assert.Empty(await FailuresAsync(host, jobId));
    }

    [Fact]
    public async Task A_snoozed_job_waits_as_long_as_it_says()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        var runs = 0;
        host.Chores.Answer(_ => ++runs == 1 ? new JobOutcome.SnoozeFor(TimeSpan.FromHours(1)) : new JobOutcome.Completed());

        var jobId = await host.EnqueueAsync(new Chore());
        await host.InStateAsync(jobId, JobState.Delayed);

        var status = await host.StatusAsync(jobId);
        Assert.Equal((0, null), (status.Attempt, status.StartedAt));
        Assert.InRange(status.RunAt - status.CreatedAt, TimeSpan.FromHours(1), TimeSpan.FromHours(1.1));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_delay_past_what_a_time_can_say_is_cut_to_what_it_can(bool snoozes)
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        host.Chores.Answer(_ => snoozes ? new JobOutcome.SnoozeFor(TimeSpan.MaxValue) : new JobOutcome.RetryAfter(TimeSpan.MaxValue, "t", "m"));

        var jobId = await host.EnqueueAsync(new Chore());
        await host.InStateAsync(jobId, JobState.Delayed);

        Assert.Single(await host.Get<JobReader>().ListAsync(new(), null, 10, Cancellation));
    }

    [Fact]
    public async Task A_discarded_job_ends_cancelled_with_the_reason()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        host.Chores.Answer(_ => new JobOutcome.Discard("Nobody wants it."));

        var status = await host.EndOfAsync(await host.EnqueueAsync(new Chore()));

        Assert.Equal((JobState.Cancelled, 1), (status.Status, status.Attempt));
        Assert.Equal(new JobError("discarded", "Nobody wants it.", Transient: false), status.Error);
        Assert.Empty(await FailuresAsync(host, status.JobId));
    }

    [Fact]
    public async Task A_handler_that_answers_nothing_has_failed()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        host.Chores.Answer(_ => null!);

        var status = await host.EndOfAsync(await host.EnqueueAsync(new Chore()));

        Assert.Equal((JobState.Failed, 3, "InvalidOperationException"), (status.Status, status.Attempt, status.Error?.Type));
    }

    [Fact]
    public async Task A_cancellation_that_is_not_the_workers_is_a_failed_attempt()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        host.Chores.Answer(_ => throw new TaskCanceledException("An HTTP call took too long."));

        var status = await host.EndOfAsync(await host.EnqueueAsync(new Chore()));

        Assert.Equal((JobState.Failed, 3, "TaskCanceledException"), (status.Status, status.Attempt, status.Error?.Type));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public async Task A_timeout_that_no_timer_can_keep_is_refused_at_the_start(int days)
    {
        var connectionString = await postgres.CreateDatabaseAsync();

        Assert.Throws<ArgumentOutOfRangeException>(() => QueueHost.BuildWorker(
            connectionString, builder => builder.AddJob<Patient, PatientHandler>("patient", type => type.Timeout = TimeSpan.FromDays(days))));
    }

    private static Task<IReadOnlyList<JobFailure>> FailuresAsync(QueueHost host, Guid jobId) =>
        host.Get<JobReader>().FindFailuresAsync(jobId, Cancellation);

    private sealed record Patient;

    private sealed class PatientHandler : IJobHandler<Patient>
    {
        public Task<JobOutcome> HandleAsync(Patient args, JobContext context, CancellationToken workToken) =>
            Task.FromResult<JobOutcome>(new JobOutcome.RetryAfter(null, "later", "Later."));
    }
}
