using Npgsql;
using Queueing.Running;

namespace Queueing.Tests;

/// <summary>What a handler writes in the transaction that records its outcome.</summary>
public sealed class OutcomeTransactionTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Outcomes => ["completed", "failed", "retried", "snoozed", "discarded"];

    [Theory]
    [MemberData(nameof(Outcomes))]
    public async Task Writes_and_follow_up_jobs_are_committed_with_the_outcome(string outcome)
    {
        await using var host = await StartAsync();
        var ran = 0;
        host.Chores.Run = (chore, context, _) => Task.FromResult<JobOutcome>(
            chore.Number == 1 && ++ran == 1 ? Outcome(outcome, async (transaction, cancellation) =>
            {
                await NoteAsync(transaction, "written", cancellation);
                await transaction.EnqueueAsync(new Chore(Number: 2), "somebody", cancellationToken: cancellation);
            }) : new JobOutcome.Completed());

        await host.EnqueueAsync(new Chore(Number: 1));
        await EndedAsync(host, 2);

        Assert.Equal(["written"], await NotesAsync(host));
        Assert.Equal(1L, await host.ScalarAsync("select count(distinct xmin::text) from (select xmin from note union all select xmin from job where args ->> 'number' = '2') as rows"));
    }

    [Theory]
    [MemberData(nameof(Outcomes))]
    public async Task When_it_throws_nothing_is_kept_and_the_attempt_has_failed(string outcome)
    {
        await using var host = await StartAsync();
        host.Chores.Answer(_ => Outcome(outcome, async (transaction, cancellation) =>
        {
            await NoteAsync(transaction, "never", cancellation);
            await transaction.EnqueueAsync(new Work("echo"), "somebody", cancellationToken: cancellation);
            throw new InvalidOperationException("It broke.");
        }));

        var jobId = await host.EnqueueAsync(new Chore());

        await AssertFailedAsync(host, jobId, "InvalidOperationException");
    }

    [Fact]
    public async Task After_it_threw_once_the_next_attempt_may_complete()
    {
        await using var host = await StartAsync();
        host.Chores.Answer(context => Outcome("completed", async (transaction, cancellation) =>
        {
            await NoteAsync(transaction, $"attempt {context.Attempt}", cancellation);
            _ = context.Attempt < 2 ? throw new InvalidOperationException("It broke.") : 0;
        }));

        var status = await host.EndOfAsync(await host.EnqueueAsync(new Chore()));

        Assert.Equal((JobState.Completed, 2), (status.Status, status.Attempt));
        Assert.Equal(["attempt 2"], await NotesAsync(host));
    }

    [Fact]
    public async Task A_statement_that_fails_and_is_swallowed_fails_the_attempt_all_the_same()
    {
        await using var host = await StartAsync();
        host.Chores.Answer(_ => Outcome("completed", async (transaction, cancellation) =>
        {
            await NoteAsync(transaction, "never", cancellation);
            await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(transaction, "select 1 / 0", cancellation));
        }));

        var jobId = await host.EnqueueAsync(new Chore());

        await AssertFailedAsync(host, jobId, "PostgresException");
    }

    [Fact]
    public async Task What_only_the_commit_refuses_fails_the_attempt()
    {
        await using var host = await StartAsync();
        await host.ScalarAsync("create table rule (id int primary key deferrable initially deferred)");
        host.Chores.Answer(_ => Outcome("completed", (transaction, cancellation) =>
            ExecuteAsync(transaction, "insert into rule values (1), (1)", cancellation)));

        var jobId = await host.EnqueueAsync(new Chore());

        await AssertFailedAsync(host, jobId, "PostgresException");
    }

    [Theory]
    [InlineData("commit")]
    [InlineData("rollback")]
    public async Task A_handler_that_ends_the_transaction_itself_is_not_run_for_ever(string how)
    {
        await using var host = await StartAsync();
        var runs = 0;
        host.Chores.Answer(_ => Outcome("completed", (transaction, cancellation) =>
        {
            runs++;
            return how == "commit" ? transaction.Transaction.CommitAsync(cancellation) : transaction.Transaction.RollbackAsync(cancellation);
        }));

        var status = await host.EndOfAsync(await host.EnqueueAsync(new Chore()));

        Assert.Equal(how == "commit" ? (JobState.Completed, 1) : (JobState.Failed, 3), (status.Status, runs));
    }

    [Fact]
    public async Task A_follow_up_job_that_is_refused_fails_the_attempt()
    {
        await using var host = await StartAsync();
        host.Chores.Answer(_ => Outcome("completed", async (transaction, cancellation) =>
        {
            await NoteAsync(transaction, "never", cancellation);
            await transaction.EnqueueAsync(new Work("echo"), "", cancellationToken: cancellation);
        }));

        await AssertFailedAsync(host, await host.EnqueueAsync(new Chore()), "ArgumentException");
    }

    [Fact]
    public async Task It_is_not_run_when_the_lease_is_lost()
    {
        await using var host = await StartAsync();
        var called = 0;
        host.Chores.Run = async (_, context, _) =>
        {
            await host.ScalarAsync("update job_ready set attempt = attempt + 1"); // Somebody else has the job now.
            return Outcome("completed", (_, _) => Task.FromResult(called++));
        };

        await host.EnqueueAsync(new Chore());
        await Eventually.TrueAsync(async () => (short)(await host.ScalarAsync("select attempt from job_ready"))! == 2);
        await Eventually.TrueAsync(() => host.Get<HeldAttempts>().Count == 0);

        Assert.Equal(0, called);
        Assert.Equal(1L, await host.ScalarAsync("select count(*) from job_ready"));
    }

    private static async Task AssertFailedAsync(QueueHost host, Guid jobId, string error)
    {
        var status = await host.EndOfAsync(jobId);
        Assert.Equal((JobState.Failed, 3, error), (status.Status, status.Attempt, status.Error?.Type));
        Assert.Empty(await NotesAsync(host));
        Assert.Equal(1L, await host.ScalarAsync("select count(*) from job"));
        Assert.Equal(3, (await host.Get<JobReader>().FindFailuresAsync(jobId, Cancellation)).Count);
    }

    private static JobOutcome Outcome(string outcome, Func<JobTransaction, CancellationToken, Task> inTransaction) => outcome switch
    {
        "completed" => new JobOutcome.Completed { InTransaction = inTransaction },
        "failed" => new JobOutcome.Failed("t", "m") { InTransaction = inTransaction },
        "retried" => new JobOutcome.RetryAfter(TimeSpan.Zero, "t", "m") { InTransaction = inTransaction },
        "snoozed" => new JobOutcome.SnoozeFor(TimeSpan.FromMilliseconds(1)) { InTransaction = inTransaction },
        _ => new JobOutcome.Discard("m") { InTransaction = inTransaction },
    };

    private static Task NoteAsync(JobTransaction transaction, string text, CancellationToken cancellationToken) =>
        ExecuteAsync(transaction, $"insert into note values ('{text}')", cancellationToken);

    private static async Task ExecuteAsync(JobTransaction transaction, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, transaction.Connection, transaction.Transaction);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static Task<IReadOnlyList<string>> NotesAsync(QueueHost host) => host.ColumnAsync<string>("select text from note");

    private static Task EndedAsync(QueueHost host, long jobs) =>
        Eventually.TrueAsync(async () => (long)(await host.ScalarAsync("select count(*) from job_outcome"))! == jobs);

    private async Task<QueueHost> StartAsync()
    {
        var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        await host.ScalarAsync("create table note (text text)");
        return host;
    }
}
