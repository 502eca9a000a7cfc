using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;

namespace Embedded.Clients.Tests;

public sealed class RedisTracingTests
{
    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task A_command_inside_an_operation_is_a_span_of_its_trace_and_one_outside_is_none(RedisKind kind)
    {
        var spans = new ConcurrentQueue<Activity>();
        using var source = new ActivitySource("test");
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.Source.Name == RedisTracing.SourceName)
                {
                    spans.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var redis = await TestRedis.StartAsync(kind);
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration["ConnectionStrings:redis"] = redis.ConnectionString;
        builder.AddRedisClient("redis");
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        var database = host.Services.GetRequiredService<IConnectionMultiplexer>().GetDatabase();

        await database.StringSetAsync("outside", "1");
        ActivityContext operation;
        using (var activity = source.StartActivity("operation")!)
        {
            operation = activity.Context;
            await database.StringGetAsync("inside");
        }

        await host.StopAsync(TestContext.Current.CancellationToken);

        var span = Assert.Single(spans, span => span.TraceId == operation.TraceId);
        Assert.Equal(("GET", operation.SpanId, "redis"), (span.OperationName, span.ParentSpanId, span.GetTagItem("db.system.name")));
        Assert.DoesNotContain(spans, span => span.OperationName == "SET");
    }
}
