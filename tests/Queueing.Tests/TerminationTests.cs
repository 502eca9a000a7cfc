namespace Queueing.Tests;

/// <summary>A database that ends its connections in the orderly way, as at a restart: what is under way is tried again.</summary>
public sealed class TerminationTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_outcome_whose_record_is_cut_off_is_recorded_without_another_run(bool inTransaction)
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var host = await QueueHost.StartWorkerAsync(connectionString);
        await using var other = await QueueHost.CreateAsync(connectionString);
        var runs = 0;
        host.Chores.Run = async (_, _, _) =>
        {
            runs++;
            await host.ScalarAsync("select 1");
            return new JobOutcome.Completed { InTransaction = inTransaction ? (_, _) => Task.CompletedTask : null };
        };
        await using var connection = await other.Database.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using var block = new Npgsql.NpgsqlCommand("lock table job_outcome in share mode", connection, transaction);
        await block.ExecuteNonQueryAsync(Cancellation); // Claims go on; records wait.

        var jobId = await host.EnqueueAsync(new Chore());
        await Eventually.TrueAsync(async () => await other.ScalarAsync(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query ilike '%job_outcome%'") is true);
        await transaction.RollbackAsync(Cancellation);

        var status = await host.EndOfAsync(jobId);
        Assert.Equal((JobState.Completed, 1, 1), (status.Status, status.Attempt, runs));
    }
}
