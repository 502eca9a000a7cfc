using Npgsql;

namespace Queueing.Tests;

/// <summary>Many jobs in one call: all of them or none.</summary>
public sealed class BatchTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(2500)]
    public async Task A_batch_is_accepted_as_a_whole_and_its_receipts_are_in_the_order_of_its_items(int size)
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());

        var jobs = await host.Queue.EnqueueAllAsync(Chores(size), "somebody", cancellationToken: Cancellation);

        Assert.Equal(size, jobs.Count);
        Assert.All(jobs, job => Assert.False(job.Replayed));
        Assert.Equal(1L, await host.ScalarAsync("select count(distinct xmin::text) from job"));
        var ids = string.Join(',', jobs.Select(job => $"\"{job.JobId}\""));
        Assert.Equal(Enumerable.Range(0, size), await host.ColumnAsync<int>(
            $"select (args ->> 'number')::int from unnest('{{{ids}}}'::uuid[]) with ordinality as i (id, n) join job using (id) order by n"));
    }

    [Fact]
    public async Task A_batch_of_nothing_is_accepted_without_the_database()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await host.ScalarAsync("drop table job cascade");

        Assert.Empty(await host.Queue.EnqueueAllAsync(Chores(0), "somebody", cancellationToken: Cancellation));
    }

    [Fact]
    public async Task One_item_that_is_too_large_refuses_all()
    {
        await using var host = await QueueHost.CreateAsync(
            await postgres.CreateDatabaseAsync(), builder => builder.ConfigureJobQueue("default", queue => queue.MaxPayloadBytes = 100));

        await Assert.ThrowsAsync<PayloadTooLargeException>(() => host.Queue.EnqueueAllAsync(
            [.. Chores(10), new Chore(new string('x', 100))], "somebody", cancellationToken: Cancellation));

        await AssertNothingAsync(host);
    }

    [Fact]
    public async Task An_item_that_is_null_refuses_all()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());

        await Assert.ThrowsAsync<ArgumentException>(() => host.Queue.EnqueueAllAsync(
            [.. Chores(10), null!], "somebody", cancellationToken: Cancellation));

        await AssertNothingAsync(host);
    }

    [Fact]
    public async Task One_item_that_the_database_refuses_refuses_all_even_in_a_later_statement()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await host.ScalarAsync("alter table job add constraint not_this check (args ->> 'number' <> '2400')");

        await Assert.ThrowsAsync<PostgresException>(() => host.Queue.EnqueueAllAsync(Chores(2500), "somebody", cancellationToken: Cancellation));

        await AssertNothingAsync(host);
    }

    [Fact]
    public async Task One_key_that_stands_for_something_else_refuses_all_even_in_a_later_statement()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await host.Queue.EnqueueAllAsync(Chores(1500, from: 7), "somebody", new() { IdempotencyKey = "k" }, Cancellation);
        await host.ScalarAsync("delete from job_key where key <> 'k/1400'");
        await host.ScalarAsync("with gone as (delete from job_ready) select 1");

        var conflict = await Assert.ThrowsAsync<IdempotencyConflictException>(
            () => host.Queue.EnqueueAllAsync(Chores(1500), "somebody", new() { IdempotencyKey = "k" }, Cancellation));

        Assert.Equal("k/1400", conflict.Key);
        Assert.Equal(0L, await host.ScalarAsync("select count(*) from job_ready"));
        Assert.Equal(1L, await host.ScalarAsync("select count(*) from job_key"));
    }

    [Fact]
    public async Task A_cancelled_call_accepts_nothing()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => host.Queue.EnqueueAllAsync(Chores(10), "somebody", cancellationToken: new CancellationToken(canceled: true)));

        await AssertNothingAsync(host);
    }

    private static Chore[] Chores(int size, int from = 0) => [.. Enumerable.Range(from, size).Select(i => new Chore(Number: i))];

    private static async Task AssertNothingAsync(QueueHost host) => Assert.Equal(
        0L, await host.ScalarAsync("select (select count(*) from job) + (select count(*) from job_ready) + (select count(*) from job_count_delta)"));
}
