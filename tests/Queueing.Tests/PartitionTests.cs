using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Queueing.Tests;

/// <summary>The partitions that jobs are kept in by the time of their ids.</summary>
public sealed class PartitionTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task There_is_always_one_for_now_and_two_for_the_time_to_come()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await QueueHost.CreateWorkerAsync(
            await postgres.CreateDatabaseAsync(), builder => builder.Services.AddSingleton<TimeProvider>(time));

        for (var i = 0; i < 3; i++)
        {
            await host.KeepPartitionsAsync();
            await host.KeepPartitionsAsync(); // Once more changes nothing.
            Assert.Equal(3L + i, await host.PartitionsAsync());
            var jobId = await host.EnqueueAtAsync(time.GetUtcNow());
            await host.EnqueueAtAsync(time.GetUtcNow().AddHours(12));
            Assert.DoesNotContain("job_kept", await host.TablesOfAsync(jobId));
            time.Advance(TimeSpan.FromHours(6));
        }

        Assert.Equal(0L, await host.ScalarAsync("select count(*) from job_kept"));
    }

    [Fact]
    public async Task Another_span_goes_on_where_the_earlier_partitions_end()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await QueueHost.CreateWorkerAsync(connectionString, builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(time);
            builder.Services.Configure<JobRetentionOptions>(options => options.Partition = TimeSpan.FromHours(1));
        });

        for (var i = 0; i < 30; i++)
        {
            await host.KeepPartitionsAsync();
            Assert.DoesNotContain("job_kept", await host.TablesOfAsync(await host.EnqueueAtAsync(time.GetUtcNow())));
            time.Advance(TimeSpan.FromHours(1));
        }
    }

    [Fact]
    public async Task Keepers_at_once_make_each_partition_once()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(3));
        var hosts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => QueueHost.CreateWorkerAsync(
            connectionString, builder => builder.Services.AddSingleton<TimeProvider>(time))));

        await Task.WhenAll(hosts.Select(host => host.KeepPartitionsAsync()));
        await hosts[0].KeepPartitionsAsync();

        Assert.Equal(3L, await hosts[0].PartitionsAsync()); // Those of three days ago are gone.
        await Task.WhenAll(hosts.Select(host => host.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task A_job_whose_id_is_older_than_every_partition_is_kept_all_the_same()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());

        var jobId = await host.EnqueueAtAsync(TimeProvider.System.GetUtcNow().AddDays(-400));
        var job = Assert.Single(await host.ClaimAsync(await host.OpenSessionAsync()));
        await host.Writes.TryCompleteAsync(job);

        Assert.Equal(["job_kept", "job_outcome_kept"], await host.TablesOfAsync(jobId));
        Assert.Equal(JobState.Completed, (await host.StatusAsync(jobId)).Status);
    }

    [Fact]
    public async Task Where_the_default_partition_has_jobs_of_its_time_a_partition_is_not_made_and_nothing_breaks()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(3));
        await using var host = await QueueHost.CreateWorkerAsync(
            await postgres.CreateDatabaseAsync(), builder => builder.Services.AddSingleton<TimeProvider>(time));
        var early = await host.EnqueueAtAsync(time.GetUtcNow()); // There was no keeper for three days.

        await host.KeepPartitionsAsync();

        Assert.Equal(2L, await host.PartitionsAsync()); // Those to come.
        Assert.Equal(["job_kept"], await host.TablesOfAsync(early));
        Assert.Equal(0L, await host.ScalarAsync("select count(*) from pg_class where relname like 'job%' and relkind = 'r' and not relispartition and relname ~ '_\\d{8}_\\d{4}$'"));
    }

    [Fact]
    public async Task Jobs_are_accepted_while_a_partition_is_made_and_dropped()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var accepted = 0;
        var enqueueing = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    await host.EnqueueAsync(new Chore(Number: accepted));
                    accepted++;
                }
            },
            Cancellation);
        for (var daysAgo = 20; daysAgo < 30; daysAgo++)
        {
            await host.MakePastPartitionAsync(daysAgo);
            await host.KeepPartitionsAsync();
        }

        await stop.CancelAsync();
        await enqueueing;
        Assert.InRange(accepted, 1, int.MaxValue);
        Assert.Equal((long)accepted, await host.ScalarAsync("select count(*) from job"));
        await Eventually.TrueAsync(async () =>
        {
            await host.KeepPartitionsAsync();
            return await host.PartitionsAsync() == 3;
        });
    }

    [Fact]
    public async Task While_somebody_reads_a_drop_is_put_off_and_others_are_held_up_for_a_moment_only()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        await host.MakePastPartitionAsync(daysAgo: 20);
        await using var connection = await host.Database.OpenConnectionAsync(Cancellation);
        await using var reading = await connection.BeginTransactionAsync(Cancellation);
        await using var read = new NpgsqlCommand("select count(*) from job", connection, reading);
        await read.ExecuteScalarAsync(Cancellation);

        var began = TimeProvider.System.GetTimestamp();
        var dropping = host.KeepPartitionsAsync();
        await host.EnqueueAsync(new Chore());
        await dropping;
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(4L, await host.PartitionsAsync());

        await reading.RollbackAsync(Cancellation);
        await host.KeepPartitionsAsync();
        Assert.Equal(3L, await host.PartitionsAsync());
    }
}
