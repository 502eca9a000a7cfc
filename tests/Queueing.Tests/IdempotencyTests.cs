using Queueing.Store;

namespace Queueing.Tests;

public sealed class IdempotencyTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_key_and_payload_give_the_same_job()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());

        var first = await EnqueueAsync(host, new("a"));
        var second = await EnqueueAsync(host, new("a"));

        Assert.Equal((false, true), (first.Replayed, second.Replayed));
        Assert.Equal(first.JobId, second.JobId);
        await AssertJobsAsync(host, 1);
    }

    [Fact]
    public async Task A_job_that_has_ended_still_answers_for_its_key()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        var first = await EnqueueAsync(host, new("a"));
        await host.EndOfAsync(first.JobId);

        Assert.Equal(first with { Replayed = true }, await EnqueueAsync(host, new("a")));
    }

    [Fact]
    public async Task Many_callers_at_once_with_one_key_get_one_job()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());

        var jobs = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => EnqueueAsync(host, new("a"))));

        Assert.Single(jobs.Select(job => job.JobId).Distinct());
        Assert.Single(jobs, job => !job.Replayed);
        await AssertJobsAsync(host, 1);
    }

    [Fact]
    public async Task Many_callers_of_two_processes_with_many_keys_get_one_job_each()
    {
        const int keys = 200;
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var one = await QueueHost.CreateAsync(connectionString);
        await using var other = await QueueHost.CreateAsync(connectionString);

        // In opposite orders, and many in a statement: whoever locks keys as they come waits for the other in a circle.
        var jobs = await Task.WhenAll(
            Enumerable.Range(0, keys).Select(i => EnqueueAsync(one, new(Number: i), $"{i}"))
            .Concat(Enumerable.Range(0, keys).Reverse().Select(i => EnqueueAsync(other, new(Number: i), $"{i}"))));

        Assert.Equal(keys, jobs.Count(job => !job.Replayed));
        Assert.Equal(jobs[..keys].Select(job => job.JobId), jobs[keys..].Reverse().Select(job => job.JobId));
        await AssertJobsAsync(host: one, keys);
    }

    [Fact]
    public async Task Statements_with_the_same_keys_in_opposite_orders_do_not_wait_in_a_circle()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        var type = host.Get<JobTypes>().For(typeof(Chore));
        NewJob[] jobs = [.. Enumerable.Range(0, 20).Select(i => new NewJob(Guid.CreateVersion7(), type, "somebody", "{}", null, new() { IdempotencyKey = $"{i:00}" }))];
        await using var connection = await host.Database.OpenConnectionAsync(Cancellation);
        await using var middle = await connection.BeginTransactionAsync(Cancellation);
        await host.Queue.EnqueueAsync(middle, new Chore(), "somebody", new() { IdempotencyKey = "10" }, Cancellation);

        // Each has locked some keys when it comes to the one in the middle, which somebody else has yet.
        var statements = new[] { jobs, [.. jobs.Reverse().Select(job => job with { Id = Guid.CreateVersion7() })] }.Select(async order =>
        {
            await using var own = await host.Database.OpenConnectionAsync(Cancellation);
            return (await host.Get<EnqueueStore>().InsertAsync(own, isForeign: false, order, Cancellation)).Keyed.Count;
        }).ToArray();
        await Eventually.TrueAsync(async () => 2 == (long)(await host.ScalarAsync(
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"))!);
        await middle.RollbackAsync(Cancellation);

        Assert.Equal(jobs.Length, (await Task.WhenAll(statements)).Sum());
    }

    [Fact]
    public async Task A_batch_sent_again_gives_the_same_jobs_and_its_new_items_are_accepted()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());

        var first = await EnqueueAllAsync(host, new("a"), new("b"));
        var second = await EnqueueAllAsync(host, new("a"), new("b"), new("c"));

        Assert.Equal(first.Select(job => job.JobId), second.Take(2).Select(job => job.JobId));
        Assert.Equal([true, true, false], second.Select(job => job.Replayed));
        await AssertJobsAsync(host, 3);
    }

    [Fact]
    public async Task Batches_sent_at_once_with_one_key_give_the_same_jobs()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());

        var batches = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => EnqueueAllAsync(host, new("a"), new("b"), new("c"))));

        Assert.All(batches, batch => Assert.Equal(batches[0].Select(job => job.JobId), batch.Select(job => job.JobId)));
        Assert.Equal(3, batches.Sum(batch => batch.Count(job => !job.Replayed)));
        await AssertJobsAsync(host, 3);
    }

    [Fact]
    public async Task Another_payload_is_refused_with_the_job_named_and_nothing_is_accepted()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        var first = await EnqueueAsync(host, new("a"));

        var conflict = await Assert.ThrowsAsync<IdempotencyConflictException>(() => EnqueueAsync(host, new("b")));

        Assert.Equal(("k", first.JobId), (conflict.Key, conflict.JobId));
        await AssertJobsAsync(host, 1);
    }

    [Fact]
    public async Task Of_many_payloads_at_once_one_wins_and_the_others_are_refused()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());

        var calls = Enumerable.Range(0, 16).Select(i => EnqueueAsync(host, new(Number: i))).ToArray();
        await Task.WhenAll(calls).ContinueWith(_ => { }, TaskScheduler.Default);

        var winner = (await Assert.Single(calls, call => call.IsCompletedSuccessfully)).JobId;
        Assert.All(calls.Where(call => call.IsFaulted), call =>
            Assert.Equal(winner, Assert.IsType<IdempotencyConflictException>(call.Exception!.InnerException).JobId));
        await AssertJobsAsync(host, 1);
    }

    [Fact]
    public async Task A_key_belongs_to_one_owner_and_one_type()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        EnqueueOptions options = new() { IdempotencyKey = "k" };

        await host.EnqueueAsync(new Chore("a"), options, owner: "one");
        await host.EnqueueAsync(new Chore("b"), options, owner: "other");
        await host.EnqueueAsync("echo", 1, options, owner: "one");

        await AssertJobsAsync(host, 3);
    }

    [Theory]
    [InlineData("23 hours 59 minutes", true)]
    [InlineData("24 hours 1 minute", false)]
    public async Task A_key_holds_for_a_day(string age, bool replayed)
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await EnqueueAsync(host, new("a"));
        await host.ScalarAsync($"update job_key set created_at = now() - interval '{age}'");

        Assert.Equal(replayed, (await EnqueueAsync(host, new("a"))).Replayed);
        Assert.True((await EnqueueAsync(host, new("a"))).Replayed); // Used anew, it holds anew.
    }

    [Fact]
    public async Task A_key_older_than_a_day_is_free_for_another_payload()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await EnqueueAsync(host, new("a"));
        await host.ScalarAsync("update job_key set created_at = now() - interval '25 hours'");

        Assert.False((await EnqueueAsync(host, new("b"))).Replayed);
        await Assert.ThrowsAsync<IdempotencyConflictException>(() => EnqueueAsync(host, new("a")));
    }

    private static Task<EnqueuedJob> EnqueueAsync(QueueHost host, Chore chore, string key = "k") =>
        host.Queue.EnqueueAsync(chore, "somebody", new() { IdempotencyKey = key }, Cancellation);

    private static Task<IReadOnlyList<EnqueuedJob>> EnqueueAllAsync(QueueHost host, params Chore[] chores) =>
        host.Queue.EnqueueAllAsync(chores, "somebody", new() { IdempotencyKey = "k" }, Cancellation);

    private static async Task AssertJobsAsync(QueueHost host, long jobs)
    {
        Assert.Equal(jobs, await host.ScalarAsync("select count(*) from job"));
        Assert.Equal(jobs, await host.ScalarAsync("select count(*) from job_ready"));
        Assert.Equal(jobs, (await host.Get<JobReader>().CountAsync(Cancellation))[0].Waiting);
    }
}
