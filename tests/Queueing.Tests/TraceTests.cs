using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Queueing.Tests;

public sealed class TraceTests(PostgresServerFixture postgres)
{
    [Fact]
    public async Task A_jobs_enqueue_claim_run_and_events_are_one_trace()
    {
        var spans = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == JobTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var redis = await TestRedis.StartAsync(RedisKind.Garnet);
        var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString);
        await using var host = await QueueHost.StartWorkerAsync(
            await postgres.CreateDatabaseAsync(), builder => builder.Services.AddSingleton<IConnectionMultiplexer>(connection));
        var events = await EventRecorder.StartAsync(host);

        var jobId = await host.EnqueueAsync("echo");
        await host.EndOfAsync(jobId);

        // Other tests run beside this one: only this job's spans count.
        List<Activity> OfJob() => [.. spans.Where(span => jobId.Equals(span.GetTagItem(JobTelemetry.JobIdTag)))];
        await Eventually.TrueAsync(() => OfJob().Count == 3);
        var byName = OfJob().ToDictionary(span => span.OperationName.Split(' ')[0]);
        Assert.Equal(["claim", "enqueue", "process"], byName.Keys.Order());
        Assert.Single(byName.Values.Select(span => span.TraceId).Distinct());
        Assert.Equal(byName["enqueue"].SpanId, byName["claim"].ParentSpanId);
        Assert.Equal(byName["claim"].SpanId, byName["process"].ParentSpanId);
        Assert.Equal(JobState.Completed, byName["process"].GetTagItem(JobTelemetry.JobOutcomeTag));

        Assert.All(await events.OfAsync(jobId), jobEvent => Assert.Equal(byName["process"].Id, jobEvent.TraceParent));
    }
}
