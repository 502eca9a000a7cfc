using Queueing.Schema;

namespace Queueing.Tests;

/// <summary>A database of the first version, with jobs in every state, brought to this one.</summary>
public sealed class MigrationTests(PostgresServerFixture postgres)
{
    private static readonly Guid Waiting = Id(1), Running = Id(2), Completed = Id(3), Failed = Id(4), BackingOff = Id(5), Later = Id(6);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_job_is_in_the_state_it_was_in()
    {
        await using var host = await MigrateAsync();

        var states = new[] { Waiting, Running, Completed, Failed, BackingOff, Later }.Select(async id => (await host.StatusAsync(id)).Status);

        Assert.Equal(
            [JobState.Waiting, JobState.Active, JobState.Completed, JobState.Failed, JobState.Delayed, JobState.Delayed], await Task.WhenAll(states));
        Assert.Equal(
            [new QueueCounts("default", Waiting: 1, Active: 1, Completed: 1, Failed: 1, Delayed: 2, Cancelled: 0)],
            await host.Get<JobReader>().CountAsync(Cancellation));
        Assert.Equal(
            [Later, BackingOff, Failed, Completed, Running, Waiting],
            (await host.Get<JobReader>().ListAsync(new(Owner: "somebody"), null, 10, Cancellation)).Select(job => job.JobId));
    }

    [Fact]
    public async Task What_is_known_of_a_job_is_carried_over()
    {
        await using var host = await MigrateAsync();

        var completed = await host.StatusAsync(Completed);
        var failed = await host.StatusAsync(Failed);
        var running = await host.StatusAsync(Running);

        Assert.Equal(("work", "somebody", 1, 3, 5L), (completed.Type, completed.Owner, completed.Attempt, completed.MaxAttempts, completed.Seq));
        Assert.Equal("""{"number":3}""", completed.Result?.GetRawText());
        Assert.Equal(new JobUsage("test", "echo", 3, 4, 0.5m), completed.Usage);
        Assert.Equal(new JobError("t", "m", false), failed.Error);
        Assert.Equal((2, "stack"), Assert.Single(await host.Get<JobReader>().FindFailuresAsync(Failed, Cancellation)) is var failure ? (failure.Attempt, failure.Stack) : default);
        Assert.Equal((1, 40, 3L), (running.Attempt, running.Progress, running.Seq));
    }

    [Fact]
    public async Task A_worker_runs_what_waits_and_nothing_before_its_time()
    {
        await using var host = await MigrateAsync();

        await host.StartAsync();

        Assert.Equal((JobState.Completed, 1, """{"number":1}"""), (await host.EndOfAsync(Waiting)) is var status ? (status.Status, status.Attempt, status.Result?.GetRawText()) : default);
        await host.EndOfAsync(await host.EnqueueAsync("echo", owner: "another")); // By now it has looked again.
        Assert.Equal((JobState.Delayed, JobState.Delayed), ((await host.StatusAsync(BackingOff)).Status, (await host.StatusAsync(Later)).Status));
        await host.MakeDueAsync();
        Assert.Equal((JobState.Completed, 2), (await host.EndOfAsync(BackingOff)) is var retried ? (retried.Status, retried.Attempt) : default);
        Assert.Equal((JobState.Completed, 1), (await host.EndOfAsync(Later)) is var later ? (later.Status, later.Attempt) : default);
    }

    [Fact]
    public async Task A_running_job_is_taken_back_when_its_worker_is_not_heard_of()
    {
        await using var host = await MigrateAsync();
        await host.StartAsync();

        Assert.Equal((JobState.Completed, 2), (await host.EndOfAsync(Running)) is var status ? (status.Status, status.Attempt) : default);
        Assert.Equal(
            [new QueueCounts("default", Waiting: 0, Active: 0, Completed: 3, Failed: 1, Delayed: 2, Cancelled: 0)],
            await host.Get<JobReader>().CountAsync(Cancellation));
    }

    private static Guid Id(int number) => Guid.Parse($"01900000-0000-7000-8000-00000000000{number}");

    private async Task<QueueHost> MigrateAsync()
    {
        var host = QueueHost.BuildWorker(await postgres.CreateDatabaseAsync());
        await host.ScalarAsync("create table schema_version (version integer primary key, applied_at timestamptz not null default now())");
        await host.ScalarAsync(SchemaFile.All[0].Text);
        await host.ScalarAsync("insert into schema_version (version) values (1)");
        await host.ScalarAsync($$"""
            insert into job (id, run_at, max_attempts, priority, queue, type, owner, args)
            select id, now(), 3, 5, 'default', 'work', 'somebody', json_build_object('script', 'echo', 'number', n)
            from unnest('{ {{Waiting}}, {{Running}}, {{Completed}}, {{Failed}}, {{BackingOff}}, {{Later}} }'::uuid[]) with ordinality as i (id, n);

            insert into worker_session (id, heartbeat_at, process_id, host) values ('{{Id(9)}}', now() - interval '1 minute', 1, 'gone');
            insert into job_ready (job_id, session_id, run_at, started_at, seq, attempt, max_attempts, priority, progress, queue) values
                ('{{Waiting}}', null, now() - interval '1 minute', null, 1, 0, 3, 5, 0, 'default'),
                ('{{Running}}', '{{Id(9)}}', now() - interval '1 minute', now(), 3, 1, 3, 5, 40, 'default'),
                ('{{BackingOff}}', null, now() + interval '1 hour', null, 3, 1, 3, 5, 0, 'default'),
                ('{{Later}}', null, now() + interval '1 day', null, 1, 0, 3, 5, 0, 'default');
            insert into job_outcome (job_id, started_at, seq, attempt, state, result, error, usage) values
                ('{{Completed}}', now(), 5, 1, 'completed', '{"number":3}', null, '{"provider":"test","model":"echo","inputTokens":3,"outputTokens":4,"cost":0.5}'),
                ('{{Failed}}', now(), 5, 2, 'failed', null, '{"type":"t","message":"m","transient":false}', null);
            insert into job_failure (job_id, attempt, error, stack) values ('{{Failed}}', 2, '{"type":"t","message":"m","transient":false}', 'stack');
            """);
        await host.Get<SchemaMigrator>().MigrateAsync(Cancellation);
        return host;
    }
}
