using Queueing.Store;

namespace Queueing.Tests;

/// <summary>Queues of which only so many jobs run in the whole fleet.</summary>
public sealed class CapTests(PostgresServerFixture postgres)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10, null)]
    [InlineData(null, 3)]
    [InlineData(7, 2)]
    public async Task Claimers_at_once_fill_the_room_and_never_pass_it(int? most, int? mostOfOwner)
    {
        const int owners = 5, jobs = 100;
        await using var host = await CreateAsync(most, mostOfOwner);
        for (var owner = 0; owner < owners; owner++)
        {
            await EnqueueAllAsync(host, $"owner {owner}", jobs / owners);
        }

        var room = Math.Min(most ?? int.MaxValue, (mostOfOwner ?? int.MaxValue / owners) * owners);
        var (largest, largestOfOwner, done) = (0L, 0L, 0);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            var sessionId = await host.OpenSessionAsync();
            while (Volatile.Read(ref done) < jobs)
            {
                foreach (var job in await host.ClaimAsync(sessionId, limit: 4))
                {
                    await NoteAsync();
                    Assert.NotNull(await host.Writes.TryCompleteAsync(job));
                    Interlocked.Increment(ref done);
                }
            }
        }));
        Assert.InRange(largest, 2, room);
        Assert.InRange(largestOfOwner, 1, mostOfOwner ?? most ?? jobs);
        Assert.Equal((long)jobs, await host.ScalarAsync("select count(*) from job_outcome"));

        async Task NoteAsync()
        {
            await using var command = host.Database.CreateCommand(
                "select sum(n)::bigint, max(n) from (select count(*) as n from job_ready where session_id is not null group by owner) as held");
            await using var reader = await command.ExecuteReaderAsync(Cancellation);
            await reader.ReadAsync(Cancellation);
            Raise(ref largest, reader.GetInt64(0));
            Raise(ref largestOfOwner, reader.GetInt64(1));
        }

        static void Raise(ref long highest, long seen)
        {
            for (var before = Volatile.Read(ref highest); seen > before; before = Volatile.Read(ref highest))
            {
                Interlocked.CompareExchange(ref highest, seen, before);
            }
        }
    }

    [Theory]
    [InlineData(10, null, 10)]
    [InlineData(null, 3, 15)]
    [InlineData(7, 2, 7)]
    [InlineData(50, 2, 10)]
    public async Task Claimers_at_once_take_all_there_is_room_for(int? most, int? mostOfOwner, int room)
    {
        await using var host = await CreateAsync(most, mostOfOwner);
        for (var owner = 0; owner < 5; owner++)
        {
            await EnqueueAllAsync(host, $"owner {owner}", 20);
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            var sessionId = await host.OpenSessionAsync();
            while (await host.ClaimAsync(sessionId, limit: 4) is { Count: > 0 })
            {
            }
        }));

        Assert.Equal((long)room, await host.ScalarAsync("select count(*) from job_ready where session_id is not null"));
        Assert.InRange((long)(await host.ScalarAsync(
            "select max(n) from (select count(*) as n from job_ready where session_id is not null group by owner) as held"))!, 1, mostOfOwner ?? room);
    }

    [Fact]
    public async Task An_owner_at_its_cap_holds_up_no_other()
    {
        await using var host = await CreateAsync(null, 1);
        await EnqueueAllAsync(host, "A", 1000, priority: 10);
        await EnqueueAllAsync(host, "B", 3, priority: 1);
        var sessionId = await host.OpenSessionAsync();

        Assert.Equal(["A", "B"], (await host.ClaimAsync(sessionId)).Select(job => job.Owner));
        Assert.Empty(await host.ClaimAsync(sessionId));
    }

    [Fact]
    public async Task Within_the_caps_the_order_is_the_queues()
    {
        await using var host = await CreateAsync(5, 4);
        await EnqueueAllAsync(host, "A", 10, priority: 5);
        await EnqueueAllAsync(host, "A", 2, priority: 9, from: 20);
        await EnqueueAllAsync(host, "B", 1, priority: 8, from: 30);

        Assert.Equal([20, 21, 30, 0, 1], (await host.ClaimAsync(await host.OpenSessionAsync())).Select(job => job.Number));
    }

    [Fact]
    public async Task A_job_that_ends_makes_room_for_one()
    {
        await using var host = await CreateAsync(2, null);
        await EnqueueAllAsync(host, "A", 10);
        var sessionId = await host.OpenSessionAsync();
        var claimed = await host.ClaimAsync(sessionId);
        Assert.Equal(2, claimed.Count);

        await host.Writes.TryCompleteAsync(claimed[0]);
        Assert.Single(await host.ClaimAsync(sessionId));
        await host.Writes.TryReleaseAsync(claimed[1]);
        Assert.Equal(claimed[1].Id, Assert.Single(await host.ClaimAsync(sessionId)).Id);
    }

    [Fact]
    public async Task A_capped_queue_is_worked_off_by_a_running_worker()
    {
        await using var host = await QueueHost.StartWorkerAsync(
            await postgres.CreateDatabaseAsync(), builder => builder.ConfigureJobQueue("default", queue => (queue.MaxRunning, queue.MaxRunningPerOwner) = (3, 1)));
        var (running, most) = (0, 0);
        host.Chores.Run = async (_, _, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return new JobOutcome.Completed();
        };

        foreach (var owner in new[] { "A", "B", "C", "D", "E" })
        {
            await EnqueueAllAsync(host, owner, 10);
        }

        await Eventually.TrueAsync(async () => (long)(await host.ScalarAsync("select count(*) from job_outcome where state = 'completed'"))! == 50);
        Assert.InRange(most, 1, 3);
    }

    [Fact]
    public async Task Jobs_that_a_worker_died_of_hold_up_no_others_of_their_lane()
    {
        await using var host = await CreateAsync(100, 50);
        await EnqueueAllAsync(host, "A", 6);
        await host.ScalarAsync("update job_ready set kills = 1 where job_id in (select job_id from job_ready order by rank limit 3)");
        var sessionId = await host.OpenSessionAsync();

        Assert.Equal([3, 4], (await ClaimAsync(host, sessionId, limit: 2, suspects: 0)).Select(job => job.Number));
        Assert.Equal([0, 5], (await ClaimAsync(host, sessionId, limit: 2, suspects: 1)).Select(job => job.Number));
    }

    private static Task<List<ClaimedJob>> ClaimAsync(QueueHost host, Guid sessionId, int limit, int suspects) =>
        host.Get<ClaimStore>().ClaimAsync(sessionId, "default", limit, host.Get<JobQueues>()["default"], suspects, Cancellation);

    private static async Task EnqueueAllAsync(QueueHost host, string owner, int jobs, int priority = 5, int from = 0) => await host.Queue.EnqueueAllAsync(
        [.. Enumerable.Range(from, jobs).Select(i => new Chore(Number: i))], owner, new() { Priority = priority }, Cancellation);

    private async Task<QueueHost> CreateAsync(int? most, int? mostOfOwner) => await QueueHost.CreateAsync(
        await postgres.CreateDatabaseAsync(),
        builder => builder.ConfigureJobQueue("default", queue => (queue.MaxRunning, queue.MaxRunningPerOwner) = (most, mostOfOwner)));
}
