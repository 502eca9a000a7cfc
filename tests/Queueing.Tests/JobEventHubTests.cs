using Microsoft.Extensions.Logging.Abstractions;

namespace Queueing.Tests;

public sealed class JobEventHubTests(PostgresServerFixture postgres)
{
    [Fact]
    public async Task Changes_that_no_event_told_are_found_of_however_many_jobs()
    {
        const int Many = 1001; // One more than are asked for at once.
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        using var hub = new JobEventHub(new(redis: null), host.Get<JobReader>(), TimeProvider.System, NullLogger<JobEventHub>.Instance);
        var jobs = await host.Queue.EnqueueAllAsync(
            [.. Enumerable.Range(0, Many).Select(i => new Chore(Number: i))], "somebody", cancellationToken: TestContext.Current.CancellationToken);
        var missed = new HashSet<Guid>();
        foreach (var job in jobs)
        {
            hub.Listen(job.JobId, _ => { }, () => missed.Add(job.JobId));
        }

        await hub.CheckAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Many, missed.Count);

        missed.Clear();
        await hub.CheckAsync(TestContext.Current.CancellationToken);
        Assert.Empty(missed);
    }
}
