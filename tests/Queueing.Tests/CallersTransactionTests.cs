using Npgsql;

namespace Queueing.Tests;

/// <summary>Jobs written in a transaction of the caller's: accepted with it, or not at all.</summary>
public sealed class CallersTransactionTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_runs_when_its_transaction_is_committed_and_not_before()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        await using var connection = await host.Database.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);

        var (jobId, _) = await host.Queue.EnqueueAsync(transaction, new Chore(), "somebody", cancellationToken: Cancellation);
        var other = await host.EnqueueAsync(new Chore()); // By the time it has ended, the first would have been found.
        await host.EndOfAsync(other);
        Assert.Null(await host.Get<JobReader>().FindAsync(jobId, Cancellation));
        await transaction.CommitAsync(Cancellation);
        host.Queue.WakeWorkers<Chore>();

        Assert.Equal(JobState.Completed, (await host.EndOfAsync(jobId)).Status);
    }

    [Fact]
    public async Task A_job_of_a_transaction_that_is_rolled_back_never_was()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        EnqueuedJob gone;
        await using (var connection = await host.Database.OpenConnectionAsync(Cancellation))
        {
            await using var transaction = await connection.BeginTransactionAsync(Cancellation);
            gone = await host.Queue.EnqueueAsync(transaction, new Chore(), "somebody", new() { IdempotencyKey = "k" }, Cancellation);
            await transaction.RollbackAsync(Cancellation);
        }

        Assert.Null(await host.Get<JobReader>().FindAsync(gone.JobId, Cancellation));
        Assert.Empty(await host.Get<JobReader>().CountAsync(Cancellation));
        Assert.Empty(await host.ClaimAsync(await host.OpenSessionAsync()));
        Assert.False((await host.Queue.EnqueueAsync(new Chore(Number: 2), "somebody", new() { IdempotencyKey = "k" }, Cancellation)).Replayed);
    }

    [Fact]
    public async Task What_the_caller_writes_besides_goes_with_it()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await host.ScalarAsync("create table note (text text)");
        await using var connection = await host.Database.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using var insert = new NpgsqlCommand("insert into note values ('a')", connection, transaction);
        await insert.ExecuteNonQueryAsync(Cancellation);
        await host.Queue.EnqueueAsync(transaction, new Chore(), "somebody", cancellationToken: Cancellation);
        await host.Queue.EnqueueAsync(transaction, new Work("echo"), "somebody", cancellationToken: Cancellation);
        await transaction.CommitAsync(Cancellation);

        Assert.Equal(1L, await host.ScalarAsync("select count(*) from note"));
        Assert.Equal(2, (await host.ClaimAsync(await host.OpenSessionAsync())).Count);
        Assert.Equal("on", await ShowAsync(connection, "enable_seqscan")); // The caller's session is as it was.
    }

    [Fact]
    public async Task A_refused_job_leaves_the_transaction_to_its_caller()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await host.EnqueueAsync(new Chore(Number: 1), new() { IdempotencyKey = "k" });
        await using var connection = await host.Database.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);

        await Assert.ThrowsAsync<IdempotencyConflictException>(
            () => host.Queue.EnqueueAsync(transaction, new Chore(Number: 2), "somebody", new() { IdempotencyKey = "k" }, Cancellation));
        await host.Queue.EnqueueAsync(transaction, new Chore(Number: 3), "somebody", cancellationToken: Cancellation);
        await transaction.CommitAsync(Cancellation);

        Assert.Equal([1, 3], await host.ColumnAsync<int>("select (args ->> 'number')::int from job order by id"));
    }

    [Fact]
    public async Task A_transaction_that_has_ended_is_refused()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await using var connection = await host.Database.OpenConnectionAsync(Cancellation);
        var transaction = await connection.BeginTransactionAsync(Cancellation);
        await transaction.CommitAsync(Cancellation);

        await Assert.ThrowsAnyAsync<Exception>(() => host.Queue.EnqueueAsync(transaction, new Chore(), "somebody", cancellationToken: Cancellation));

        Assert.Equal(0L, await host.ScalarAsync("select count(*) from job"));
    }

    private static async Task<object?> ShowAsync(NpgsqlConnection connection, string setting)
    {
        await using var show = new NpgsqlCommand($"show {setting}", connection);
        return await show.ExecuteScalarAsync(Cancellation);
    }
}
