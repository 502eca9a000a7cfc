using Queueing.Store;

namespace Queueing.Tests;

/// <summary>A worker that lost its lease can change nothing: each write after a claim is fenced.</summary>
public sealed class LeaseTests(PostgresServerFixture postgres)
{
    private const string Error = """{"type":"t","message":"m","transient":true}""";

    public static TheoryData<string> Writes => ["complete", "fail", "retry", "release", "progress"];

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_worker_that_holds_the_job_can(string write)
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await host.EnqueueAsync("echo");
        var job = Assert.Single(await host.ClaimAsync(await host.OpenSessionAsync()));

        Assert.Equal(job.Seq + 1, await WriteAsync(host, write, job));
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_worker_whose_job_was_taken_over_cannot(string write)
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        var jobId = await host.EnqueueAsync("echo");
        var zombie = Assert.Single(await host.ClaimAsync(await host.OpenSessionAsync()));
        await host.Writes.TryReleaseAsync(zombie);
        var owner = Assert.Single(await host.ClaimAsync(await host.OpenSessionAsync()));
        Assert.Equal(zombie.Attempt, owner.Attempt); // The same attempt number: only the session tells them apart.

        Assert.Null(await WriteAsync(host, write, zombie));

        var status = await host.StatusAsync(jobId);
        Assert.Equal((JobState.Active, owner.Seq), (status.Status, status.Seq));
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task An_earlier_attempt_of_the_same_worker_cannot(string write)
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await host.EnqueueAsync("echo");
        var sessionId = await host.OpenSessionAsync();
        var earlier = Assert.Single(await host.ClaimAsync(sessionId));
        await host.Writes.TryRetryAsync(earlier, Error);
        Assert.Single(await host.ClaimAsync(sessionId));

        Assert.Null(await WriteAsync(host, write, earlier));
    }

    [Theory]
    [MemberData(nameof(Writes))]
    public async Task A_finished_job_cannot_be_written_again(string write)
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        var jobId = await host.EnqueueAsync("echo");
        var job = Assert.Single(await host.ClaimAsync(await host.OpenSessionAsync()));
        await host.Writes.TryCompleteAsync(job, "1");

        Assert.Null(await WriteAsync(host, write, job));

        Assert.Equal("1", (await host.StatusAsync(jobId)).Result?.GetRawText());
        Assert.Equal(1L, await host.ScalarAsync("select count(*) from job_outcome"));
    }

    private static Task<long?> WriteAsync(QueueHost host, string write, ClaimedJob job)
    {
        var cancellation = TestContext.Current.CancellationToken;
        return write switch
        {
            "complete" => host.Writes.TryCompleteAsync(job, "2"),
            "fail" => host.Writes.TryFailAsync(job, Error),
            "retry" => host.Writes.TryRetryAsync(job, Error),
            "release" => host.Writes.TryReleaseAsync(job),
            _ => host.Writes.TryReportProgressAsync(job, 50),
        };
    }
}
