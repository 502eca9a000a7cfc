using Npgsql;
using Queueing.Maintenance;

namespace Queueing.Tests;

/// <summary>Jobs that follow another's end.</summary>
public sealed class ContinuationTests(PostgresServerFixture postgres)
{
    private const int First = 1;
    private const int Next = 2;

    private static readonly EnqueueOptions Followed = new() { Priority = 7, Continuation = jobId => new Chore(jobId.ToString(), Next) };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("completed")]
    [InlineData("failed")]
    [InlineData("cancelled")]
    [InlineData("called off while it waited")]
    [InlineData("expired")]
    [InlineData("poison")]
    [InlineData("recorded by an older build")]
    public async Task However_a_job_ends_one_job_is_accepted_in_the_transaction_that_records_it(string how)
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        var jobId = await host.EnqueueAsync(new Chore(Number: First), Followed);
        await host.EnqueueAsync(new Chore(Number: First)); // Nothing follows this one.
        Assert.Empty(await FollowersAsync(host));

        await EndAsync(host, jobId, how);

        Assert.Equal([jobId.ToString()], await FollowersAsync(host));
        Assert.Equal(1L, await host.ScalarAsync(
            $"select count(distinct xmin::text) from (select xmin from job_outcome where job_id = '{jobId}' union all select xmin from job where (args ->> 'number')::int = {Next}) as rows"));
        Assert.Equal(("chore", "default", "somebody", 7, JobState.Waiting), await FollowerAsync(host) is var next
            ? (next.Type, next.Queue, next.Owner, next.Priority, next.Status) : default);
        Assert.Equal((7, 1L), (next.JobId.Version, Assert.Single(await host.Get<JobReader>().CountAsync(Cancellation)).Delayed));
    }

    [Fact]
    public async Task It_is_run_and_knows_whom_it_follows()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        host.Chores.Run = (chore, context, _) => Task.FromResult<JobOutcome>(new JobOutcome.Completed(new { chore.Text, context.Owner }));
        var jobId = await host.EnqueueAsync(new Chore(Number: First), Followed);

        await host.EndOfAsync(jobId);

        var next = await host.EndOfAsync((await FollowerAsync(host)).JobId);
        Assert.Equal($$"""{"text":"{{jobId}}","owner":"somebody"}""", next.Result?.GetRawText());
        Assert.Equal(new QueueCounts("default", 0, 0, 2, 0, 0, 0), Assert.Single(await host.Get<JobReader>().CountAsync(Cancellation)));
    }

    [Fact]
    public async Task An_attempt_that_lost_its_lease_is_followed_by_nothing()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        await host.EnqueueAsync(new Chore(Number: First), Followed);
        var job = Assert.Single(await host.ClaimAsync(await host.OpenSessionAsync()));
        await host.ScalarAsync("update job_ready set attempt = attempt + 1");

        Assert.Null(await host.Writes.TryCompleteAsync(job));
        await host.Writes.TryRetryAsync(job with { Attempt = 2 }, """{"type":"t","message":"m","transient":true}""");

        Assert.Empty(await FollowersAsync(host));
    }

    [Fact]
    public async Task A_job_that_is_let_run_again_is_followed_again()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        var jobId = await host.EnqueueAsync(new Chore(Number: First), Followed);
        await EndAsync(host, jobId, "failed");

        await host.Control.TryRedriveAsync(jobId, Cancellation);
        await EndAsync(host, jobId, "completed");

        Assert.Equal([jobId.ToString(), jobId.ToString()], await FollowersAsync(host));
    }

    [Fact]
    public async Task Each_job_of_a_batch_is_followed_by_its_own()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        var jobs = await host.Queue.EnqueueAllAsync(Enumerable.Repeat(new Chore(Number: First), 1500).ToArray(), "somebody", Followed, Cancellation);

        await host.ScalarAsync("with gone as (delete from job_ready returning *) insert into job_outcome (job_id, state, attempt, seq, queue) select job_id, 'completed', 1, 2, queue from gone");

        Assert.Equal(jobs.Select(job => job.JobId.ToString()).Order(), (await FollowersAsync(host)).Order());
    }

    [Fact]
    public async Task A_call_that_gives_an_earlier_job_back_changes_nothing_of_what_follows_it()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        var options = Followed with { IdempotencyKey = "k" };
        var jobId = await host.EnqueueAsync(new Chore(Number: First), options with { Continuation = null });

        Assert.Equal(jobId, await host.EnqueueAsync(new Chore(Number: First), options));
        await EndAsync(host, jobId, "completed");

        Assert.Empty(await FollowersAsync(host));
        Assert.Equal(0L, await host.ScalarAsync("select count(*) from job_continuation"));
    }

    [Fact]
    public async Task In_a_callers_transaction_it_is_accepted_with_that_or_not_at_all()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        await using var connection = await host.Database.OpenConnectionAsync(Cancellation);
        var kept = await WriteAsync(commit: true);
        await WriteAsync(commit: false);

        await EndAsync(host, kept, "completed");

        Assert.Equal([kept.ToString()], await FollowersAsync(host));
        Assert.Equal(1L, await host.ScalarAsync("select count(*) from job_continuation"));

        async Task<Guid> WriteAsync(bool commit)
        {
            await using var transaction = await connection.BeginTransactionAsync(Cancellation);
            var job = await host.Queue.EnqueueAsync(transaction, new Chore(Number: First), "somebody", Followed, Cancellation);
            await (commit ? transaction.CommitAsync(Cancellation) : transaction.RollbackAsync(Cancellation));
            return job.JobId;
        }
    }

    [Fact]
    public async Task A_payload_that_no_type_has_or_that_is_too_large_is_refused_with_the_job()
    {
        await using var host = await QueueHost.CreateWorkerAsync(
            await postgres.CreateDatabaseAsync(), builder => builder.ConfigureJobQueue("default", queue => queue.MaxPayloadBytes = 1000));

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.EnqueueAsync(new Chore(), new() { Continuation = _ => new object() }));
        await Assert.ThrowsAsync<PayloadTooLargeException>(() => host.EnqueueAsync(new Chore(), new() { Continuation = _ => new Chore(new string('x', 1000)) }));

        Assert.Equal(0L, await host.ScalarAsync("select count(*) from job"));
    }

    [Fact]
    public async Task Moving_ended_jobs_to_the_default_partition_is_not_another_end()
    {
        await using var host = await QueueHost.CreateWorkerAsync(await postgres.CreateDatabaseAsync());
        var at = (await host.MakePastPartitionAsync(daysAgo: 5)).AddMinutes(30);
        var ended = await host.EnqueueAtAsync(at);
        var waiting = await host.EnqueueAtAsync(at);
        await host.ScalarAsync($$"""
            insert into job_continuation (job_id, max_attempts, queue, type, args)
            select id, 3, 'default', 'chore', json_build_object('text', id, 'number', {{Next}}) from job
            """);
        await host.EndAsync(ended, "completed", ago: "1 hour");

        await host.KeepPartitionsAsync();

        Assert.Equal([ended.ToString()], await FollowersAsync(host));
        await EndAsync(host, waiting, "completed");
        Assert.Equal([ended.ToString(), waiting.ToString()], await FollowersAsync(host));

        await host.ScalarAsync("update job_outcome set finished_at = now() - interval '25 hours'");
        await host.KeepPartitionsAsync();
        Assert.Equal(0L, await host.ScalarAsync("select count(*) from job_continuation"));
    }

    private static async Task EndAsync(QueueHost host, Guid jobId, string how)
    {
        const string Error = """{"type":"t","message":"m","transient":false}""";
        switch (how)
        {
            case "completed":
                await host.Writes.TryCompleteAsync(await ClaimAsync(host, jobId));
                break;
            case "failed":
                await host.Writes.TryFailAsync(await ClaimAsync(host, jobId), Error);
                break;
            case "cancelled":
                await host.Writes.TryCancelAsync(await ClaimAsync(host, jobId));
                break;
            case "called off while it waited":
                await host.Control.CancelAsync(jobId, Cancellation);
                break;
            case "expired":
                await host.ScalarAsync($"update job_ready set expires_at = now() where job_id = '{jobId}'");
                await host.Task<JobExpirer>().RunOnceAsync(Cancellation);
                break;
            case "poison":
                await host.ScalarAsync($"update job_ready set kills = 1 where job_id = '{jobId}'");
                await ClaimAsync(host, jobId);
                await host.ScalarAsync("delete from worker_session");
                await host.Get<JobRescuer>().RunOnceAsync(Cancellation);
                break;
            default:
                await host.EndAsync(jobId, "completed", ago: "0 s");
                break;
        }

        Assert.True((await host.StatusAsync(jobId)).IsFinal);
    }

    private static async Task<Store.ClaimedJob> ClaimAsync(QueueHost host, Guid jobId) =>
        (await host.ClaimAsync(await host.OpenSessionAsync())).Single(job => job.Id == jobId);

    private static Task<IReadOnlyList<string>> FollowersAsync(QueueHost host) =>
        host.ColumnAsync<string>($"select args ->> 'text' from job where (args ->> 'number')::int = {Next} order by id");

    private static async Task<JobStatus> FollowerAsync(QueueHost host) =>
        await host.StatusAsync((Guid)(await host.ScalarAsync($"select id from job where (args ->> 'number')::int = {Next}"))!);
}
