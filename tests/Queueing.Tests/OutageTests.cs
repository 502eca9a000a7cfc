using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Queueing.Tests;

/// <summary>Servers that die under a running worker. Each test has servers of its own.</summary>
public sealed class OutageTests
{
    [Fact]
    public async Task An_outcome_at_hand_when_the_database_dies_is_recorded_when_it_is_back()
    {
        await using var postgres = await TestPostgres.StartAsync();
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        var jobId = await host.EnqueueAsync("wait", 7);
        await Eventually.TrueAsync(() => host.Log.Begun.Count == 1);

        await postgres.KillAsync();
        host.Log.Gate.SetResult(); // The handler ends while nothing can be written.
        await postgres.StartAgainAsync();

        var status = await host.EndOfAsync(jobId);
        Assert.Equal((JobState.Completed, 1, """{"number":7}"""), (status.Status, status.Attempt, status.Result?.GetRawText()));
        Assert.Single(host.Log.Begun);
    }

    [Fact]
    public async Task Jobs_accepted_before_the_database_died_are_done_after_it()
    {
        await using var postgres = await TestPostgres.StartAsync();
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        for (var i = 0; i < 50; i++)
        {
            await host.EnqueueAsync(i % 2 == 0 ? "echo" : "progress", i);
        }

        await postgres.KillAsync();
        await postgres.StartAgainAsync();

        await Eventually.TrueAsync(async () =>
            (long)(await host.ScalarAsync("select count(*) from job_outcome where state = 'completed'"))! == 50);
        Assert.Equal(0L, await host.ScalarAsync("select count(*) from job_ready"));
    }

    [Fact]
    public async Task A_worker_started_without_a_database_begins_when_there_is_one()
    {
        await using var postgres = await TestPostgres.StartAsync();
        var connectionString = await postgres.CreateDatabaseAsync();
        await using var producer = await QueueHost.CreateAsync(connectionString);
        var jobId = await producer.EnqueueAsync("echo");
        await postgres.StopAsync();

        await using var host = QueueHost.BuildWorker(connectionString);
        await host.StartAsync();
        await postgres.StartAgainAsync();

        Assert.Equal(JobState.Completed, (await host.EndOfAsync(jobId)).Status);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task Without_Redis_jobs_go_on(RedisKind kind)
    {
        await using var postgres = await TestPostgres.StartAsync();
        await using var redis = await TestRedis.StartAsync(kind);
        var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString + ",abortConnect=false");
        await using var host = await QueueHost.StartWorkerAsync(
            await postgres.CreateDatabaseAsync(), builder => builder.Services.AddSingleton<IConnectionMultiplexer>(connection));
        await host.EndOfAsync(await host.EnqueueAsync("progress"));

        await redis.KillAsync();
        Assert.Equal(JobState.Completed, (await host.EndOfAsync(await host.EnqueueAsync("progress"))).Status);
        await redis.StartAgainAsync();

        // Events flow again, without anybody's help.
        await Eventually.TrueAsync(async () =>
        {
            var jobId = await host.EnqueueAsync("progress");
            await host.EndOfAsync(jobId);
            return (await host.Get<JobEventLog>().ReadAsync(jobId)).Progress.Count > 0;
        });
    }
}
