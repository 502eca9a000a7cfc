using Queueing.Maintenance;
using Queueing.Store;

namespace Queueing.Tests;

/// <summary>The counters say what a scan of the tables says, whatever happened.</summary>
public sealed class CounterTests(PostgresServerFixture postgres)
{
    private const string Error = """{"type":"t","message":"m","transient":true}""";

    private const string Scan = """
        select jsonb_build_object(
            'waiting', count(*) filter (where r.session_id is null and not r.delayed), 'delayed', count(*) filter (where r.delayed),
            'active', count(*) filter (where r.session_id is not null), 'completed', count(*) filter (where o.state = 'completed'),
            'failed', count(*) filter (where o.state = 'failed'), 'cancelled', count(*) filter (where o.state = 'cancelled'))::text
        from job j left join job_ready r on r.job_id = j.id left join job_outcome o on o.job_id = j.id
        """;

    private const string Counters = """
        select jsonb_build_object('waiting', coalesce(sum(waiting), 0), 'delayed', coalesce(sum(delayed), 0), 'active', coalesce(sum(active), 0),
            'completed', coalesce(sum(completed), 0), 'failed', coalesce(sum(failed), 0), 'cancelled', coalesce(sum(cancelled), 0))::text
        from (select waiting, delayed, active, completed, failed, cancelled from job_count
              union all select waiting, delayed, active, completed, failed, cancelled from job_count_delta) as moves
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, null, true)]
    [InlineData(2, 6, true)]
    [InlineData(3, null, false)]
    public async Task After_any_mix_of_operations_the_counters_are_right(int seed, int? cap, bool folds)
    {
        await using var host = await QueueHost.CreateWorkerAsync(
            await postgres.CreateDatabaseAsync(), builder => builder.ConfigureJobQueue("default", queue => queue.MaxRunning = cap));
        var mix = new Mix(host, new Random(seed));

        for (var i = 1; i <= 400; i++)
        {
            var operation = await mix.StepAsync();
            if (folds && i % 37 == 0)
            {
                await host.Task<CountFolder>().RunOnceAsync(Cancellation);
            }

            Assert.Equal((i, operation, await host.ScalarAsync(Scan)), (i, operation, await host.ScalarAsync(Counters)));
        }

        var counts = Assert.Single(await host.Get<JobReader>().CountAsync(Cancellation));
        Assert.True(counts is { Completed: > 0, Failed: > 0, Cancelled: > 0 });
        Assert.Equal(counts.Waiting + counts.Delayed, await host.Get<EnqueueStore>().DepthAsync("default", Cancellation));
        await host.Task<CountFolder>().RunOnceAsync(Cancellation);
        Assert.Equal(0L, await host.ScalarAsync("select count(*) from job_count_delta"));
        Assert.Equal(counts, Assert.Single(await host.Get<JobReader>().CountAsync(Cancellation)));
    }

    [Fact]
    public async Task Folding_while_jobs_move_loses_nothing()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        var folder = host.Task<CountFolder>();

        var enqueueing = Task.WhenAll(Enumerable.Range(0, 200).Select(i => host.EnqueueAsync(new Chore(Number: i))));
        for (var i = 0; i < 20; i++)
        {
            await Task.WhenAll(folder.RunOnceAsync(Cancellation), folder.RunOnceAsync(Cancellation));
        }

        await enqueueing;
        await Eventually.TrueAsync(async () => (long)(await host.ScalarAsync("select count(*) from job_outcome"))! == 200);
        Assert.Equal(new QueueCounts("default", 0, 0, 200, 0, 0, 0), Assert.Single(await host.Get<JobReader>().CountAsync(Cancellation)));
    }

    /// <summary>Does things to jobs at random.</summary>
    private sealed class Mix(QueueHost host, Random random)
    {
        private readonly List<Guid> jobs = [];
        private readonly List<ClaimedJob> held = [];
        private Guid session;

        public async Task<string> StepAsync()
        {
            session = session == default ? await host.OpenSessionAsync() : session;
            var operation = random.Next(19);
            switch (operation)
            {
                case 0 or 1:
                    jobs.Add(await host.EnqueueAsync(new Chore(), new() { Delay = TimeSpan.FromHours(random.Next(2)), IdempotencyKey = $"{random.Next(50)}" }));
                    return "enqueue";
                case 2:
                    var batch = Enumerable.Range(0, 5).Select(i => new Chore(Number: i)).ToArray();
                    jobs.AddRange((await host.Queue.EnqueueAllAsync(batch, "somebody", cancellationToken: Cancellation)).Select(job => job.JobId));
                    return "enqueue all";
                case 3 or 4 or 5:
                    held.AddRange(await host.ClaimAsync(session, random.Next(1, 4)));
                    return "claim";
                case 6 or 7 when Take() is { } job:
                    await host.Writes.TryCompleteAsync(job);
                    return "complete";
                case 8 when Take() is { } job:
                    await host.Writes.TryFailAsync(job, Error);
                    return "fail";
                case 9 when Take() is { } job:
                    await (job.Attempt < 3 ? host.Writes.TryRetryAsync(job, Error, TimeSpan.FromHours(random.Next(2))) : host.Writes.TryCancelAsync(job));
                    return "retry";
                case 10 when Take() is { } job:
                    await host.Writes.TryReleaseAsync(job, TimeSpan.FromHours(random.Next(2)));
                    return "release";
                case 11 or 12 when jobs.Count > 0:
                    await host.Control.CancelAsync(jobs[random.Next(jobs.Count)], Cancellation);
                    return "cancel";
                case 13 when jobs.Count > 0:
                    await host.Control.TryRedriveAsync(jobs[random.Next(jobs.Count)], Cancellation);
                    return "redrive";
                case 14:
                    await host.ScalarAsync("update job_ready set run_at = now() where delayed and job_id in (select job_id from job_ready where delayed limit 3)");
                    await host.Get<DueJobPromoter>().RunOnceAsync(Cancellation);
                    return "promote";
                case 15:
                    await host.ScalarAsync("update job_ready set expires_at = now() where job_id in (select job_id from job_ready where session_id is null limit 1)");
                    await host.Task<JobExpirer>().RunOnceAsync(Cancellation);
                    return "expire";
                case 16 when random.Next(3) == 0:
                    await host.Get<SessionStore>().CloseAsync(session, Cancellation);
                    await host.Get<JobRescuer>().RunOnceAsync(Cancellation);
                    session = default;
                    return "lose the worker"; // What it held is still in hand: its writes must do nothing.
                case 17:
                    await host.Get<ClaimStore>().ReleaseHeldAsync(session, "default", [.. held.Take(held.Count / 2)], Cancellation);
                    return "release held";
                default:
                    await host.Get<JobRescuer>().RunOnceAsync(Cancellation);
                    return "rescue";
            }
        }

        private ClaimedJob? Take()
        {
            if (held.Count == 0)
            {
                return null;
            }

            var at = random.Next(held.Count);
            var job = held[at];
            held.RemoveAt(at);
            return job;
        }
    }
}
