using Queueing.Store;

namespace Queueing.Tests;

public sealed class RescueTests(PostgresServerFixture postgres)
{
    private const string Error = """{"type":"worker-lost","message":"m","transient":true}""";

    [Fact]
    public async Task Jobs_of_a_session_that_is_gone_wait_again_with_the_attempt_counted()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        var jobId = await host.EnqueueAsync("echo");
        var sessionId = await host.OpenSessionAsync();
        await host.ClaimAsync(sessionId);
        await host.Get<SessionStore>().CloseAsync(sessionId, TestContext.Current.CancellationToken);

        var rescued = Assert.Single(await RescueAsync(host));

        Assert.Equal((jobId, JobState.Waiting, 1), (rescued.Id, rescued.State, rescued.Attempt));
        Assert.Equal(2, Assert.Single(await host.ClaimAsync(await host.OpenSessionAsync())).Attempt);
    }

    [Fact]
    public async Task Out_of_attempts_a_rescued_job_fails_and_says_why()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        var jobId = await host.EnqueueAsync("echo");
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var sessionId = await host.OpenSessionAsync();
            await host.ClaimAsync(sessionId);
            await host.Get<SessionStore>().CloseAsync(sessionId, TestContext.Current.CancellationToken);
            await RescueAsync(host, mostKills: 100);
        }

        var status = await host.StatusAsync(jobId);
        Assert.Equal((JobState.Failed, "worker-lost", 3), (status.Status, status.Error?.Type, status.Attempt));
    }

    [Fact]
    public async Task A_living_session_keeps_its_jobs()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await host.EnqueueAsync("echo");
        await host.ClaimAsync(await host.OpenSessionAsync());

        Assert.Empty(await host.Get<SessionStore>().EndLapsedAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken));
        Assert.Empty(await RescueAsync(host));
    }

    [Fact]
    public async Task A_session_not_heard_of_for_its_lease_is_ended_and_learns_it_at_its_next_beat()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        var sessionId = await host.OpenSessionAsync();
        var sessions = host.Get<SessionStore>();
        Assert.Equal(1, await sessions.TryBeatAsync(sessionId, TestContext.Current.CancellationToken));
        await host.ScalarAsync("update worker_session set heartbeat_at = now() - interval '1 minute'");

        // A lease shorter than the server has been up.
        await Eventually.TrueAsync(async () =>
            (await sessions.EndLapsedAsync(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken)).Count == 1);

        Assert.Null(await sessions.TryBeatAsync(sessionId, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_server_that_just_started_ends_no_session()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await host.OpenSessionAsync();
        await host.ScalarAsync("update worker_session set heartbeat_at = now() - interval '1 day'");

        // The server is up for less than this lease.
        Assert.Empty(await host.Get<SessionStore>().EndLapsedAsync(TimeSpan.FromHours(12), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Jobs_of_a_claim_whose_answer_was_lost_go_back_untried()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        await host.EnqueueAsync("echo", 1);
        await host.EnqueueAsync("echo", 2);
        var sessionId = await host.OpenSessionAsync();
        var known = (await host.ClaimAsync(sessionId, limit: 1))[0];
        await host.ClaimAsync(sessionId, limit: 1);

        Assert.Single(await host.Get<ClaimStore>().ReleaseHeldAsync(sessionId, "default", [known], TestContext.Current.CancellationToken));

        Assert.Equal(1, Assert.Single(await host.ClaimAsync(sessionId)).Attempt);
        Assert.NotNull(await host.Writes.TryCompleteAsync(known));
    }

    private static Task<List<RescuedJob>> RescueAsync(QueueHost host, int mostKills = 2) =>
        host.Get<SessionStore>().RescueAsync(mostKills, Error, Error, TestContext.Current.CancellationToken);
}
