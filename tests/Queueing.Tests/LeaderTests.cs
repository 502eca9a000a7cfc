using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Queueing.Maintenance;
using Queueing.Running;
using Queueing.Store;

namespace Queueing.Tests;

/// <summary>The one worker of the fleet that maintains the tables.</summary>
public sealed class LeaderTests(PostgresServerFixture postgres)
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(3);

    private readonly FakeTimeProvider time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_many_who_want_to_lead_at_once_one_does()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());
        var sessions = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => host.OpenSessionAsync()));

        var lead = await Task.WhenAll(sessions.Select(session => TryLeadAsync(host, session)));

        var leader = sessions[Array.IndexOf(lead, true)];
        Assert.Single(lead, leads => leads);
        foreach (var session in sessions)
        {
            Assert.Equal(session == leader, await TryLeadAsync(host, session)); // It stays so.
        }
    }

    [Fact]
    public async Task A_session_that_was_ended_leads_nobody()
    {
        await using var host = await QueueHost.CreateAsync(await postgres.CreateDatabaseAsync());

        Assert.False(await TryLeadAsync(host, Guid.CreateVersion7()));
    }

    [Fact]
    public async Task Only_the_leader_runs_the_tasks()
    {
        var (one, other) = await CreateTwoAsync();
        await using var _ = one.Host;
        await using var __ = other.Host;

        await RunAsync(one, 5);
        await RunAsync(other, 5);

        Assert.Equal((5, 0), (one.Task.Runs, other.Task.Runs));
    }

    [Fact]
    public async Task When_the_leaders_session_ends_another_follows()
    {
        var (one, other) = await CreateTwoAsync();
        await using var _ = one.Host;
        await using var __ = other.Host;
        await RunAsync(one, 1);
        await RunAsync(other, 1);

        await one.Host.Get<SessionKeeper>().StopAsync(Cancellation);
        time.Advance(Renewal);
        await RunAsync(other, 1);

        Assert.Equal(1, other.Task.Runs);
    }

    [Fact]
    public async Task When_the_leaders_term_lapses_another_follows_and_the_first_leads_no_more()
    {
        var (one, other) = await CreateTwoAsync();
        await using var _ = one.Host;
        await using var __ = other.Host;
        await RunAsync(one, 1);
        await RunAsync(other, 1);

        await one.Host.ScalarAsync("update job_leader set until = now() - interval '1 ms'");
        time.Advance(Renewal);
        await RunAsync(other, 1);
        await RunAsync(one, 1);

        Assert.Equal((1, 1), (one.Task.Runs, other.Task.Runs));
    }

    [Fact]
    public async Task A_leader_that_renews_keeps_the_lead_past_its_term()
    {
        var (one, other) = await CreateTwoAsync();
        await using var _ = one.Host;
        await using var __ = other.Host;
        for (var i = 0; i < 5; i++)
        {
            await RunAsync(one, 1);
            Assert.Equal(true, await one.Host.ScalarAsync("select until > now() + interval '9 seconds' from job_leader"));
            await RunAsync(other, 1);
            time.Advance(Renewal);
        }

        Assert.Equal((5, 0), (one.Task.Runs, other.Task.Runs));
    }

    [Fact]
    public async Task A_task_that_fails_is_run_again_and_holds_up_no_other()
    {
        var failing = new Counting { Fails = true };
        var (one, other) = await CreateTwoAsync(failing);
        await using var _ = one.Host;
        await using var __ = other.Host;

        await RunAsync(one, 2);

        Assert.Equal((2, 2), (failing.Runs, one.Task.Runs));
    }

    private static Task<bool> TryLeadAsync(QueueHost host, Guid session) =>
        host.Get<SessionStore>().TryLeadAsync(session, TimeSpan.FromMinutes(1), Cancellation);

    private static async Task RunAsync((QueueHost Host, Counting Task) worker, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await worker.Host.Get<Leader>().RunOnceAsync(Cancellation);
        }
    }

    private async Task<((QueueHost Host, Counting Task) One, (QueueHost Host, Counting Task) Other)> CreateTwoAsync(Counting? failing = null)
    {
        var connectionString = await postgres.CreateDatabaseAsync();
        return (await CreateAsync(connectionString, failing), await CreateAsync(connectionString));
    }

    private async Task<(QueueHost Host, Counting Task)> CreateAsync(string connectionString, Counting? failing = null)
    {
        var task = new Counting();
        var host = await QueueHost.CreateWorkerAsync(connectionString, builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(time);
            if (failing is not null)
            {
                builder.Services.AddSingleton<IMaintenanceTask>(failing);
            }

            builder.Services.AddSingleton<IMaintenanceTask>(task);
        });
        await host.Get<SessionKeeper>().RunOnceAsync(Cancellation);
        return (host, task);
    }

    private sealed class Counting : IMaintenanceTask
    {
        public TimeSpan Interval => TimeSpan.Zero;

        public bool Fails { get; init; }

        public int Runs { get; private set; }

        public Task RunOnceAsync(CancellationToken cancellationToken)
        {
            Runs++;
            return Fails ? Task.FromException(new NpgsqlException("It broke.")) : Task.CompletedTask;
        }
    }
}
