using System.Collections.Concurrent;
using System.Data;
using Queueing.Maintenance;

namespace Queueing.Tests;

/// <summary>Tables that are rewritten under the feet of those who use them.</summary>
public sealed class HotTableTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Through_rewrites_at_any_moment_every_job_is_carried_out_once_and_counted()
    {
        const int batches = 20, size = 50, singles = 200;
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var host = await QueueHost.StartWorkerAsync(connectionString);
        await using var other = await QueueHost.StartWorkerAsync(connectionString);
        var runs = new ConcurrentBag<(Guid, int)>();
        foreach (var worker in new[] { host, other })
        {
            worker.Chores.Run = (chore, context, _) =>
            {
                runs.Add((context.JobId, context.Attempt));
                return Task.FromResult<JobOutcome>(chore.Number % 10 == 0 && context.Attempt == 1
                    ? new JobOutcome.RetryAfter(TimeSpan.FromMilliseconds(1), "t", "m")
                    : new JobOutcome.Completed());
            };
        }

        var enqueueing = Task.WhenAll(
            Task.WhenAll(Enumerable.Range(0, singles).Select(i => host.EnqueueAsync(new Chore(Number: i)))),
            Task.Run(
                async () =>
                {
                    for (var i = 0; i < batches; i++)
                    {
                        await host.Queue.EnqueueAllAsync([.. Enumerable.Range(0, size).Select(n => new Chore(Number: n))], $"owner {i}", cancellationToken: Cancellation);
                    }
                },
                Cancellation));
        for (var i = 0; i < 20; i++)
        {
            await host.ScalarAsync("select rewrite_small_table('job_ready')");
            await host.ScalarAsync("select rewrite_small_table('job_count_delta')");
        }

        await enqueueing;
        const long jobs = (batches * size) + singles;
        await Eventually.TrueAsync(async () => (long)(await host.ScalarAsync("select count(*) from job_outcome where state = 'completed'"))! == jobs);
        Assert.Equal(0L, await host.ScalarAsync("select count(*) from job_ready"));
        Assert.Equal(runs.Count, runs.Distinct().Count());
        Assert.Equal(jobs * 11 / 10, runs.Count);
        Assert.Equal(new QueueCounts("default", 0, 0, jobs, 0, 0, 0), Assert.Single(await host.Get<JobReader>().CountAsync(Cancellation)));
    }

    [Fact]
    public async Task A_rewrite_keeps_every_row_as_it_is()
    {
        const string hash = "select md5(string_agg(r::text, ',' order by job_id)) from job_ready r";
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await host.Queue.EnqueueAllAsync([.. Enumerable.Range(0, 100).Select(i => new Chore(Number: i))], "somebody", cancellationToken: Cancellation);
        await host.EnqueueAsync(new Chore(), new() { Delay = TimeSpan.FromHours(1), ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(1) });
        await host.ClaimAsync(await host.OpenSessionAsync());
        var before = await host.ScalarAsync(hash);

        Assert.Equal(101L, await host.ScalarAsync("select rewrite_small_table('job_ready')"));

        Assert.Equal(before, await host.ScalarAsync(hash));
    }

    [Fact]
    public async Task A_table_that_a_long_transaction_keeps_from_shrinking_is_rewritten_and_no_other()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        var keeper = host.Task<HotTableKeeper>();
        await using var connection = await host.Database.OpenConnectionAsync(Cancellation);
        await using var holding = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, Cancellation);
        await using var look = connection.CreateCommand();
        look.CommandText = "select 1";
        await look.ExecuteScalarAsync(Cancellation);
        await host.Queue.EnqueueAllAsync([.. Enumerable.Range(0, 500).Select(i => new Chore(Number: i))], "somebody", cancellationToken: Cancellation);
        for (var i = 0; i < 60; i++)
        {
            await host.ScalarAsync("update job_ready set progress = 100 - progress");
        }

        var grown = await SizeAsync(host);
        Assert.InRange(grown, 3_000_000, long.MaxValue);
        await Eventually.TrueAsync(async () =>
        {
            await keeper.RunOnceAsync(Cancellation);
            return await SizeAsync(host) < 200_000;
        });
        Assert.Equal(500L, await host.ScalarAsync("select count(*) from job_ready"));
    }

    [Fact]
    public async Task A_table_with_many_dead_rows_is_vacuumed_and_no_other()
    {
        const string vacuums = "select sum(vacuum_count)::bigint from pg_stat_user_tables";
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        var keeper = host.Task<HotTableKeeper>();
        await host.Queue.EnqueueAllAsync([.. Enumerable.Range(0, 500).Select(i => new Chore(Number: i))], "somebody", cancellationToken: Cancellation);
        await keeper.RunOnceAsync(Cancellation);
        Assert.Equal(0L, await host.ScalarAsync(vacuums));

        await host.ScalarAsync("alter table job_ready set (autovacuum_enabled = off)");
        for (var i = 0; i < 25; i++)
        {
            await host.ScalarAsync("update job_ready set rank = rank + 1");
        }

        await Eventually.TrueAsync(async () =>
        {
            await keeper.RunOnceAsync(Cancellation);
            return (long)(await host.ScalarAsync(vacuums))! > 0;
        });
        Assert.Equal(500L, await host.ScalarAsync("select count(*) from job_ready"));
    }

    [Fact]
    public async Task A_rewrite_that_would_have_to_wait_is_put_off()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await using var connection = await host.Database.OpenConnectionAsync(Cancellation);
        await using var reading = await connection.BeginTransactionAsync(Cancellation);
        await using var read = connection.CreateCommand();
        read.CommandText = "select count(*) from job_ready";
        await read.ExecuteScalarAsync(Cancellation);

        var refusal = await Assert.ThrowsAsync<Npgsql.PostgresException>(
            () => host.ScalarAsync("begin; set local lock_timeout = '100ms'; select rewrite_small_table('job_ready'); commit"));

        Assert.Equal(Npgsql.PostgresErrorCodes.LockNotAvailable, refusal.SqlState);
    }

    private static async Task<long> SizeAsync(QueueHost host) => (long)(await host.ScalarAsync("select pg_relation_size('job_ready')"))!;
}
