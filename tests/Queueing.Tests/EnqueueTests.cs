namespace Queueing.Tests;

public sealed class EnqueueTests(PostgresServerFixture postgres)
{
    [Fact]
    public async Task An_accepted_job_waits_with_what_its_type_says()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());

        var status = await host.StatusAsync(await host.EnqueueAsync("echo", options: new() { Priority = 8 }));

        Assert.Equal(("work", "default", JobState.Waiting, 0, 3, 8), (
            status.Type, status.Queue, status.Status, status.Attempt, status.MaxAttempts, status.Priority));
        Assert.Equal("somebody", status.Owner);
        Assert.Null(status.StartedAt);
        Assert.Null(status.Result);
    }

    [Fact]
    public async Task A_delayed_job_is_not_due_before_its_time()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        var sessionId = await host.OpenSessionAsync();

        var jobId = await host.EnqueueAsync("echo", options: new() { Delay = TimeSpan.FromHours(1) });

        Assert.Equal(JobState.Delayed, (await host.StatusAsync(jobId)).Status);
        Assert.Empty(await host.ClaimAsync(sessionId));
    }

    [Fact]
    public async Task Ids_rise_with_time()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());

        var first = await host.EnqueueAsync("echo");
        await Eventually.TrueAsync(() => string.CompareOrdinal(Guid.CreateVersion7().ToString()[..13], first.ToString()[..13]) > 0);
        var second = await host.EnqueueAsync("echo");

        Assert.True(string.CompareOrdinal(first.ToString(), second.ToString()) < 0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public async Task A_priority_out_of_range_is_refused_and_nothing_is_accepted(int priority)
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => host.EnqueueAsync("echo", options: new() { Priority = priority }));

        Assert.Equal(0L, await host.ScalarAsync("select count(*) from job"));
    }

    [Fact]
    public async Task A_payload_of_no_registered_type_is_refused_by_name()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => host.Queue.EnqueueAsync("a string", "somebody", cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains("String", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_tell_the_states_apart()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        var sessionId = await host.OpenSessionAsync();
        for (var i = 0; i < 4; i++)
        {
            await host.EnqueueAsync("echo");
        }

        await host.EnqueueAsync("echo", options: new() { Delay = TimeSpan.FromHours(1) });
        var claimed = await host.ClaimAsync(sessionId, limit: 3);
        await host.Writes.TryCompleteAsync(claimed[0]);
        await host.Writes.TryFailAsync(claimed[1], """{"type":"t","message":"m","transient":false}""");

        Assert.Equal(
            [new QueueCounts("default", Waiting: 1, Active: 1, Completed: 1, Failed: 1, Delayed: 1, Cancelled: 0)],
            await host.Get<JobReader>().CountAsync(TestContext.Current.CancellationToken));
    }
}
