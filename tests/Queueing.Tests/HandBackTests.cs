using Queueing.Running;

namespace Queueing.Tests;

/// <summary>What a worker gives back that it did not carry out.</summary>
public sealed class HandBackTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Jobs_held_ready_are_handed_back_on_a_stop_without_an_attempt_and_none_is_lost()
    {
        const int jobs = 5000;
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var first = await QueueHost.StartWorkerAsync(connectionString);
        var begun = 0;
        first.Chores.Answer(_ =>
        {
            Interlocked.Increment(ref begun);
            return new JobOutcome.Completed();
        });
        await first.Queue.EnqueueAllAsync([.. Enumerable.Range(0, jobs).Select(i => new Chore(Number: i))], "somebody", cancellationToken: Cancellation);
        await Eventually.TrueAsync(() => Volatile.Read(ref begun) > 500); // By then it knows that they are short, and holds many.

        await first.StopAsync();

        var done = (long)(await first.ScalarAsync("select count(*) from job_outcome"))!;
        Assert.InRange(done, 500, jobs - 1);
        Assert.Equal(done, begun);
        Assert.Equal(jobs - done, await first.ScalarAsync("select count(*) from job_ready where session_id is null and attempt = 0 and kills = 0"));
        await using var second = await QueueHost.StartWorkerAsync(connectionString);
        await Eventually.TrueAsync(async () => (long)(await second.ScalarAsync("select count(*) from job_outcome where state = 'completed' and attempt = 1"))! == jobs);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0.02, 8)]
    [InlineData(0.0001, 1000)]
    public void As_many_are_held_ready_as_begin_within_a_moment(double seconds, int size)
    {
        var prefetch = new Prefetch(slots: 8);
        for (var i = 0; i < 500; i++)
        {
            prefetch.Ran(TimeSpan.FromSeconds(seconds));
        }

        Assert.InRange(prefetch.Size, size - 1, size);
    }

    [Fact]
    public void One_long_job_among_short_ones_makes_few_be_held_at_once()
    {
        var prefetch = new Prefetch(slots: 8);
        for (var i = 0; i < 500; i++)
        {
            prefetch.Ran(TimeSpan.FromMilliseconds(0.1));
        }

        prefetch.Ran(TimeSpan.FromSeconds(1));

        Assert.Equal(0, prefetch.Size);
    }

    [Fact]
    public async Task A_job_that_runs_long_is_not_kept_from_a_free_worker()
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var one = await QueueHost.StartWorkerAsync(connectionString);
        for (var i = 0; i < 9; i++)
        {
            await one.EnqueueAsync("wait", i);
        }

        await Eventually.TrueAsync(() => one.Log.Begun.Count == 8);
        await using var other = await QueueHost.StartWorkerAsync(connectionString);

        await Eventually.TrueAsync(() => other.Log.Begun.Count == 1);
        one.Log.Gate.SetResult();
        other.Log.Gate.SetResult();
    }
}
