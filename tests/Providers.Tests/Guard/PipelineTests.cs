using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Polly;

namespace Providers.Tests.Guard;

/// <summary>Throttle and breaker in one pipeline, as a provider has them.</summary>
public sealed class PipelineTests
{
    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task A_call_is_settled_with_what_its_client_says_of_it(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var limits = Quick.Limits(requests: 3, tokens: 100, longestWait: TimeSpan.Zero);
        limits.Timing = limits.Timing with { Window = TimeSpan.FromSeconds(8) };
        var members = await FleetMember.StartInStepAsync(redis, 1, limits);
        var pipeline = new ResiliencePipelineBuilder<string>().AddThrottle(members[0].Throttle).Build();

        Assert.Equal("answer", await CallAsync(pipeline, 90, call => call.Use(15, 5)));
        await Eventually.TrueAsync(async () => await members[0].CountTokensAsync() == 20);

        // Sent, as far as anybody knows.
        await Assert.ThrowsAsync<HttpRequestException>(() => CallAsync(pipeline, 30, _ => throw new HttpRequestException()));
        await Assert.ThrowsAsync<HttpRequestException>(() => CallAsync(pipeline, 50, call =>
        {
            call.NothingSent = true;
            throw new HttpRequestException();
        }));

        await Eventually.TrueAsync(async () => (await members[0].CountRequestsAsync(), await members[0].CountTokensAsync()) == (2, 50));
        await FleetMember.EndAsync(members);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task What_an_open_circuit_keeps_back_uses_nothing_of_the_limits(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        var members = await FleetMember.StartInStepAsync(redis, 1, Quick.Limits(requests: 5, longestWait: TimeSpan.Zero));
        var breaking = await BreakingMember.StartAsync(redis, 1, BreakingMember.Quick());
        var pipeline = new ResiliencePipelineBuilder<string>().AddThrottle(members[0].Throttle).AddBreaker(breaking[0].Breaker).Build();
        await breaking[0].Breakers.OpenAsync(breaking[0].Breaker.Name);
        await Eventually.TrueAsync(() => breaking[0].State == CircuitState.Open);

        await Assert.ThrowsAsync<CircuitOpenException>(() => CallAsync(pipeline, 0, _ => { }));

        await Eventually.TrueAsync(async () => await members[0].CountRequestsAsync() == 0);
        await BreakingMember.EndAsync(breaking);
        await FleetMember.EndAsync(members);
    }

    [Fact]
    public async Task Each_step_is_an_event_of_the_callers_span_and_is_measured()
    {
        await using var redis = await TestRedis.StartAsync(RedisKind.Garnet);
        var limits = new ThrottleOptions { RequestsPerMinute = 1, LongestWait = TimeSpan.Zero };
        var members = await FleetMember.StartAsync(redis, 1, limits);
        var breaking = await BreakingMember.StartAsync(redis, 1, BreakingMember.Quick());
        var pipeline = new ResiliencePipelineBuilder<string>().AddThrottle(members[0].Throttle).AddBreaker(breaking[0].Breaker).Build();
        var measured = new ConcurrentDictionary<string, bool>();
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == GuardTelemetry.Name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>((instrument, _, _, _) => measured[instrument.Name] = true);
        meters.SetMeasurementEventCallback<double>((instrument, _, _, _) => measured[instrument.Name] = true);
        meters.SetMeasurementEventCallback<int>((instrument, _, _, _) => measured[instrument.Name] = true);
        meters.Start();
        using var source = new ActivitySource("somebody's");
        using var listener = new ActivityListener
        {
            ShouldListenTo = listened => listened == source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
        };
        ActivitySource.AddActivityListener(listener);

        using var span = source.StartActivity("call")!;
        await CallAsync(pipeline, 10, _ => { });
        await Assert.ThrowsAsync<ThrottledException>(() => CallAsync(pipeline, 10, _ => { }));
        meters.RecordObservableInstruments();

        Assert.Equal(["throttle.admitted", "throttle.settled", "throttle.refused"], span.Events.Select(told => told.Name));
        Assert.Subset(
            measured.Keys.ToHashSet(),
            new HashSet<string> { "provider.throttle.wait", "provider.throttle.tokens", "provider.throttled", "provider.breaker.state" });
        await BreakingMember.EndAsync(breaking);
        await FleetMember.EndAsync(members);
    }

    private static async Task<string> CallAsync(ResiliencePipeline<string> pipeline, long estimate, Action<ProviderCall> client)
    {
        var context = ResilienceContextPool.Shared.Get(TestContext.Current.CancellationToken);
        context.Properties.Set(ProviderCall.Key, new(estimate));
        try
        {
            return await pipeline.ExecuteAsync(
                inner =>
                {
                    client(inner.Properties.GetValue(ProviderCall.Key, null!));
                    return ValueTask.FromResult("answer");
                },
                context);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }
}
