using Microsoft.Extensions.DependencyInjection;

namespace Queueing.Tests;

/// <summary>How long jobs that have ended are kept, and those that have not.</summary>
public sealed class RetentionTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_partition_goes_with_its_finished_jobs_and_leaves_those_that_must_stay()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        var at = (await host.MakePastPartitionAsync(daysAgo: 5)).AddMinutes(30);
        var completed = await host.EnqueueAtAsync(at);
        var failed = await host.EnqueueAtAsync(at);
        var cancelled = await host.EnqueueAtAsync(at);
        var completedLate = await host.EnqueueAtAsync(at);
        var delayed = await host.EnqueueAtAsync(at, new() { Delay = TimeSpan.FromDays(3) });
        var waiting = await host.EnqueueAtAsync(at);
        await host.EndAsync(completed, "completed", ago: "5 days");
        await host.EndAsync(failed, "failed", ago: "5 days");
        await host.EndAsync(cancelled, "cancelled", ago: "6 days");
        await host.EndAsync(completedLate, "completed", ago: "1 hour");

        await host.KeepPartitionsAsync();

        Assert.Equal(3L, await host.PartitionsAsync());
        Assert.Null(await host.Get<JobReader>().FindAsync(completed, Cancellation));
        Assert.Empty(await host.TablesOfAsync(completed));
        Assert.Equal(
            [JobState.Failed, JobState.Cancelled, JobState.Completed, JobState.Delayed, JobState.Waiting],
            await StatesAsync(host, failed, cancelled, completedLate, delayed, waiting));
        Assert.Equal(["job_kept", "job_outcome_kept", "job_failure_kept"], await host.TablesOfAsync(failed));
        Assert.Single(await host.Get<JobReader>().FindFailuresAsync(failed, Cancellation));
        Assert.Equal(5, (await host.Get<JobReader>().ListAsync(new(Owner: "somebody"), null, 10, Cancellation)).Count);
        Assert.Equal(waiting, Assert.Single(await host.ClaimAsync(await host.OpenSessionAsync())).Id); // It still runs.
    }

    [Fact]
    public async Task What_outlived_its_partition_is_deleted_when_its_own_time_has_come()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        var at = (await host.MakePastPartitionAsync(daysAgo: 5)).AddMinutes(30);
        var failed = await host.EnqueueAtAsync(at);
        var waiting = await host.EnqueueAtAsync(at);
        await host.EndAsync(failed, "failed", ago: "5 days");
        await host.KeepPartitionsAsync();

        await host.ScalarAsync("update job_outcome set finished_at = now() - interval '7 days 1 minute'");
        await host.KeepPartitionsAsync();

        Assert.Empty(await host.TablesOfAsync(failed));
        Assert.Equal(["job_kept"], await host.TablesOfAsync(waiting));
    }

    [Fact]
    public async Task A_partition_stays_while_one_of_its_queues_keeps_its_jobs()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync(), builder =>
            builder.ConfigureJobQueue("default", queue => (queue.KeepCompleted, queue.KeepFailed) = (TimeSpan.FromDays(30), TimeSpan.FromDays(1))));
        await Eventually.TrueAsync(async () => (long)(await host.ScalarAsync("select count(*) from job_queue"))! == 1);
        await host.StopAsync();
        var at = (await host.MakePastPartitionAsync(daysAgo: 5)).AddMinutes(30);
        var (completed, failed) = (await host.EnqueueAtAsync(at), await host.EnqueueAtAsync(at));
        await host.EndAsync(completed, "completed", ago: "5 days");
        await host.EndAsync(failed, "failed", ago: "5 days");

        await host.KeepPartitionsAsync();

        Assert.Equal([JobState.Completed], await StatesAsync(host, completed));
        Assert.Empty(await host.TablesOfAsync(failed));
    }

    [Fact]
    public async Task A_partition_with_too_many_jobs_to_keep_is_left_alone()
    {
        await using var host = await QueueHost.CreateWorkerAsync(
            await postgres.CreateDatabaseAsync(), builder => builder.Services.Configure<JobRetentionOptions>(options => options.MostMoved = 2));
        var at = (await host.MakePastPartitionAsync(daysAgo: 5)).AddMinutes(30);
        var jobs = new[] { await host.EnqueueAtAsync(at), await host.EnqueueAtAsync(at), await host.EnqueueAtAsync(at) };

        await host.KeepPartitionsAsync();

        Assert.Equal(4L, await host.PartitionsAsync());
        Assert.All(await host.TablesOfAsync(jobs[0]), table => Assert.NotEqual("job_kept", table));
    }

    [Fact]
    public async Task A_job_run_again_while_its_partition_is_about_to_go_is_not_lost()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        var at = (await host.MakePastPartitionAsync(daysAgo: 20)).AddMinutes(30);
        var jobId = await host.EnqueueAtAsync(at);
        await host.EndAsync(jobId, "failed", ago: "20 days");

        // It is run again in a transaction that the drop has to wait for.
        await using var connection = await host.Database.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using var redrive = new Npgsql.NpgsqlCommand(Store.Sql.RedriveJob, connection, transaction);
        redrive.Parameters.Add(new() { Value = jobId });
        Assert.NotNull(await redrive.ExecuteScalarAsync(Cancellation));
        var dropping = host.ScalarAsync($"select drop_job_partition('{at.AddMinutes(-30):O}', '{at.AddMinutes(30):O}', 100)");
        await Eventually.TrueAsync(async () => (long)(await host.ScalarAsync(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"))! == 1);
        await transaction.CommitAsync(Cancellation);

        Assert.Equal("dropped", await dropping);
        Assert.Equal(jobId, Assert.Single(await host.ClaimAsync(await host.OpenSessionAsync())).Id);
    }

    [Fact]
    public async Task Keys_older_than_a_day_go_however_many_there_are()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        await host.ScalarAsync("insert into job_key select now() - interval '25 hours', gen_random_uuid(), 'somebody', 'chore', n::text, '' from generate_series(1, 2500) n");
        await host.EnqueueAsync(new Chore(), new() { IdempotencyKey = "young" });

        await host.KeepPartitionsAsync();

        Assert.Equal("young", Assert.Single(await host.ColumnAsync<string>("select key from job_key")));
    }

    [Fact]
    public async Task A_running_worker_makes_and_drops_partitions()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        await host.MakePastPartitionAsync(daysAgo: 20);

        await host.StartAsync();

        await Eventually.TrueAsync(async () => await host.PartitionsAsync() == 3);
    }

    private static async Task<List<string>> StatesAsync(QueueHost host, params Guid[] jobIds)
    {
        var states = new List<string>();
        foreach (var jobId in jobIds)
        {
            states.Add((await host.StatusAsync(jobId)).Status);
        }

        return states;
    }
}
