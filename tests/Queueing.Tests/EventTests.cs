using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Queueing.Tests;

public sealed class EventTests(PostgresServerFixture postgres)
{
    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task Every_change_is_told_in_order_and_progress_is_kept_for_those_who_come_late(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        await using var host = await StartAsync(redis);
        var events = await EventRecorder.StartAsync(host);

        var jobId = await host.EnqueueAsync("progress");
        var heard = await events.OfAsync(jobId);

        Assert.Equal(["active", "progress", "progress", "completed"], heard.Select(jobEvent => jobEvent.Name));
        Assert.Equal([2, 3, 4, 5], heard.Select(jobEvent => jobEvent.Seq));
        Assert.All(heard, jobEvent => Assert.Equal((jobId, "somebody"), (jobEvent.JobId, jobEvent.Owner)));
        Assert.Equal([3, 4], (await host.Get<JobEventLog>().ReadAsync(jobId)).Progress.Select(report => report.Seq));
        Assert.Equal(5, (await host.StatusAsync(jobId)).Seq);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task A_failed_attempt_is_told_with_its_error_and_the_time_of_the_next(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        await using var host = await StartAsync(redis);
        var recorder = await EventRecorder.StartAsync(host);

        var events = await recorder.OfAsync(await host.EnqueueAsync("throw-once"));

        Assert.Equal(["active", "retrying", "active", "completed"], events.Select(jobEvent => jobEvent.Name));
        Assert.Equal("InvalidOperationException", events[1].Data.GetProperty("error").GetProperty("type").GetString());
        Assert.True(events[1].Data.TryGetProperty("runAt", out _));
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task A_new_job_wakes_an_idle_worker(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);

        // It would look by itself in a minute only, later than the deadline of the wait below.
        await using var host = await StartAsync(redis, options => options.PollInterval = TimeSpan.FromMinutes(1));
        var server = host.Get<IConnectionMultiplexer>().GetServers()[0];
        await Eventually.TrueAsync(async () => await server.SubscriptionSubscriberCountAsync(RedisChannel.Literal("jobs:wake")) == 1);
        await host.EndOfAsync(await host.EnqueueAsync("echo"));

        Assert.Equal(JobState.Completed, (await host.EndOfAsync(await host.EnqueueAsync("echo"))).Status);
    }

    private async Task<QueueHost> StartAsync(TestRedis redis, Action<JobWorkerOptions>? configure = null)
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        return await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync(), builder =>
        {
            builder.Services.AddSingleton<IConnectionMultiplexer>(connection);
            builder.Services.Configure<JobWorkerOptions>(options => configure?.Invoke(options));
        });
    }
}
