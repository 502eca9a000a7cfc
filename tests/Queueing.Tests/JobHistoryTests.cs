using Microsoft.Extensions.DependencyInjection;

namespace Queueing.Tests;

/// <summary>A job's changes of state, told from the database alone.</summary>
public sealed class JobHistoryTests(PostgresServerFixture postgres)
{
    [Fact]
    public async Task A_job_that_waits_has_no_history_yet()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());

        AssertTold("", claim: null, await HistoryAsync(host, await host.EnqueueAsync("echo")));
    }

    [Fact]
    public async Task A_job_that_ended_at_once_began_and_ended()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        var jobId = await host.EnqueueAsync("echo");
        await host.EndOfAsync(jobId);

        AssertTold("active#2 completed#3", claim: 2, await HistoryAsync(host, jobId));
    }

    [Fact]
    public async Task Progress_takes_seqs_and_is_not_told()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        var jobId = await host.EnqueueAsync("progress");
        await host.EndOfAsync(jobId);

        AssertTold("active#2 completed#5", claim: 2, await HistoryAsync(host, jobId));
    }

    [Fact]
    public async Task A_failed_attempt_is_told_with_its_error_and_the_next_with_its_number()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        var jobId = await host.EnqueueAsync("throw-once");
        await host.EndOfAsync(jobId);

        var history = await HistoryAsync(host, jobId);
        AssertTold("active#2 retrying#3 active#4 completed#5", claim: 4, history);
        Assert.Equal([1, 2], history.States.Where(told => told.Name == "active").Select(told => told.Data.GetProperty("attempt").GetInt32()));
        Assert.Equal("InvalidOperationException", history.States[1].Data.GetProperty("error").GetProperty("type").GetString());
        Assert.Equal(1, history.States[1].Data.GetProperty("attempt").GetInt32());
        Assert.True(history.States[1].Data.GetProperty("runAt").TryGetDateTimeOffset(out _));
    }

    [Fact]
    public async Task A_job_cancelled_before_it_ran_only_ended()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        var jobId = await host.EnqueueAsync("echo");
        await host.Get<JobControl>().CancelAsync(jobId, TestContext.Current.CancellationToken);

        AssertTold("cancelled#2", claim: null, await HistoryAsync(host, jobId));
    }

    [Fact]
    public async Task A_snoozed_attempt_waited_and_did_not_count()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        var snoozed = false;
        host.Chores.Answer(_ =>
        {
            (var before, snoozed) = (snoozed, true);
            return before ? new JobOutcome.Completed() : new JobOutcome.SnoozeFor(TimeSpan.FromMilliseconds(1));
        });
        var jobId = await host.EnqueueAsync(new Chore());
        await host.EndOfAsync(jobId);

        var history = await HistoryAsync(host, jobId);
        AssertTold("active#2 waiting#3 active#4 completed#5", claim: 4, history);
        Assert.Equal(1, history.States[2].Data.GetProperty("attempt").GetInt32());
    }

    [Fact]
    public async Task A_life_that_ended_is_told_before_the_one_that_follows()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        var jobId = await host.EnqueueAsync("echo");
        await host.Get<JobControl>().CancelAsync(jobId, TestContext.Current.CancellationToken);
        Assert.True(await host.Get<JobControl>().TryRedriveAsync(jobId, TestContext.Current.CancellationToken));
        AssertTold("cancelled#2 waiting#3", claim: null, await HistoryAsync(host, jobId));
        await host.Get<JobControl>().CancelAsync(jobId, TestContext.Current.CancellationToken);

        AssertTold("cancelled#2 waiting#3 cancelled#4", claim: null, await HistoryAsync(host, jobId));
    }

    [Fact]
    public async Task A_history_that_lacks_what_an_older_build_did_not_write_says_so()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        var jobId = await host.EnqueueAsync("throw-once");
        await host.EndOfAsync(jobId);
        await host.ScalarAsync("delete from job_transition");

        Assert.False((await HistoryAsync(host, jobId)).IsWhole);
    }

    private static void AssertTold(string expected, long? claim, JobHistory history)
    {
        Assert.Equal(expected, string.Join(' ', history.States.Select(told => $"{told.Name}#{told.Seq}")));
        Assert.Equal(claim, history.Claim);
        Assert.True(history.IsWhole);
    }

    private static async Task<JobHistory> HistoryAsync(QueueHost host, Guid jobId) =>
        (await host.Get<JobReader>().FindHistoryAsync(jobId, TestContext.Current.CancellationToken))!;
}
