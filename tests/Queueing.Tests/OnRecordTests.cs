using Npgsql;

namespace Queueing.Tests;

/// <summary>What is written with an attempt's end, however it ends.</summary>
public sealed class OnRecordTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("completed")]
    [InlineData("failed")]
    [InlineData("retried")]
    [InlineData("snoozed")]
    [InlineData("discarded")]
    [InlineData("thrown")]
    [InlineData("timed out")]
    [InlineData("unwritable")]
    [InlineData("cancelled")]
    [InlineData("broken in the outcome's part")]
    public async Task It_is_written_whatever_the_end_is(string end)
    {
        await using var host = await StartAsync();
        host.Chores.Run = (_, context, workToken) =>
        {
            context.OnRecord((transaction, cancellation) => NoteAsync(transaction, $"attempt {context.Attempt}", cancellation));
            return EndAsync(end, host, context, workToken);
        };

        var jobId = await host.EnqueueAsync(new Chore());

        await Eventually.TrueAsync(async () => await NotesAsync(host) is ["attempt 1", ..]);
        Assert.Equal(1L, await host.ScalarAsync($"""
            select count(distinct xmin::text) from (
                select xmin from note where text = 'attempt 1'
                union all (select xmin from job_transition where job_id = '{jobId}' order by seq limit 1)
                union all select xmin from job_outcome where job_id = '{jobId}' and not exists (select from job_transition)) as rows
            """));
    }

    [Fact]
    public async Task A_stop_that_hands_the_job_back_writes_it_too()
    {
        await using var host = await StartAsync();
        host.Chores.Run = async (_, context, workToken) =>
        {
            context.OnRecord((transaction, cancellation) => NoteAsync(transaction, "handed back", cancellation));
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, workToken);
            return new JobOutcome.Completed();
        };
        var jobId = await host.EnqueueAsync(new Chore());
        await host.InStateAsync(jobId, JobState.Active);

        await host.StopAsync();

        Assert.Equal(["handed back"], await NotesAsync(host));
    }

    [Fact]
    public async Task All_of_it_is_written_in_order_and_before_the_outcomes_own()
    {
        await using var host = await StartAsync();
        host.Chores.Answer(context =>
        {
            context.OnRecord((transaction, cancellation) => NoteAsync(transaction, "first", cancellation));
            context.OnRecord((transaction, cancellation) => NoteAsync(transaction, "second", cancellation));
            return new JobOutcome.Completed { InTransaction = (transaction, cancellation) => NoteAsync(transaction, "third", cancellation) };
        });

        await host.EndOfAsync(await host.EnqueueAsync(new Chore()));

        Assert.Equal(["first", "second", "third"], await NotesAsync(host));
    }

    [Fact]
    public async Task What_can_not_be_written_fails_the_attempt_and_not_the_worker()
    {
        await using var host = await StartAsync();
        host.Chores.Answer(context =>
        {
            context.OnRecord((transaction, cancellation) => NoteAsync(transaction, "never", cancellation));
            context.OnRecord((_, _) => throw new InvalidOperationException("It broke."));
            return new JobOutcome.Completed { InTransaction = (transaction, cancellation) => NoteAsync(transaction, "nor this", cancellation) };
        });

        var status = await host.EndOfAsync(await host.EnqueueAsync(new Chore()));

        Assert.Equal((JobState.Failed, 3, "InvalidOperationException"), (status.Status, status.Attempt, status.Error?.Type));
        Assert.Empty(await NotesAsync(host));
    }

    [Fact]
    public async Task An_attempt_that_lost_its_lease_writes_nothing()
    {
        await using var host = await StartAsync();
        var called = 0;
        host.Chores.Run = async (_, context, _) =>
        {
            context.OnRecord((_, _) => Task.FromResult(called++));
            await host.ScalarAsync("update job_ready set attempt = attempt + 1"); // Somebody else has the job now.
            return new JobOutcome.Completed();
        };

        await host.EnqueueAsync(new Chore());
        await Eventually.TrueAsync(async () => await host.ScalarAsync("select attempt from job_ready") is (short)2);
        await Eventually.TrueAsync(() => host.Get<Running.HeldAttempts>().Count == 0);

        Assert.Equal(0, called);
    }

    private static async Task<JobOutcome> EndAsync(string end, QueueHost host, JobContext context, CancellationToken workToken)
    {
        switch (end)
        {
            case "completed":
                return new JobOutcome.Completed();
            case "failed":
                return new JobOutcome.Failed("t", "m");
            case "retried":
                return new JobOutcome.RetryAfter(TimeSpan.FromHours(1), "t", "m");
            case "snoozed":
                return new JobOutcome.SnoozeFor(TimeSpan.FromHours(1));
            case "discarded":
                return new JobOutcome.Discard("m");
            case "thrown":
                throw new InvalidOperationException("It broke.");
            case "unwritable":
                return new JobOutcome.Completed(typeof(Chore)); // System.Type has no JSON.
            case "cancelled":
                await host.Control.CancelAsync(context.JobId, CancellationToken.None);
                break;
            case "broken in the outcome's part":
                return new JobOutcome.Completed { InTransaction = (_, _) => throw new InvalidOperationException("It broke.") };
        }

        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, workToken);
        throw new InvalidOperationException("The token was cancelled.");
    }

    private static async Task NoteAsync(JobTransaction transaction, string text, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("insert into note (text) values ($1)", transaction.Connection, transaction.Transaction);
        command.Parameters.Add(new() { Value = text });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static Task<IReadOnlyList<string>> NotesAsync(QueueHost host) => host.ColumnAsync<string>("select text from note order by id");

    private async Task<QueueHost> StartAsync()
    {
        var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync(), builder =>
        {
            var chores = builder.Services.Select(service => service.ImplementationInstance).OfType<JobType>().Single(type => type.Name == "chore");
            chores.Options.Timeout = TimeSpan.FromSeconds(1);
            chores.Options.Backoff = Backoff.Fixed(TimeSpan.FromMilliseconds(1));
        });
        await host.ScalarAsync("create table note (id serial, text text)");
        return host;
    }
}
