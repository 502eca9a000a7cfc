using Microsoft.Extensions.DependencyInjection;

namespace Client.Tests;

/// <summary>What applications put around every request of theirs.</summary>
public sealed class TimeoutTests(Topology topology)
{
    [Fact]
    public async Task A_timeout_of_the_HTTP_client_cuts_neither_a_stream_nor_a_long_poll()
    {
        await using var proxy = await HttpProxy.StartAsync(topology.ApiAddress);
        var http = Topology.HttpOf("test", proxy.Address);
        http.Timeout = TimeSpan.FromSeconds(2);
        var client = new JobClient(http);
        var jobId = await topology.Stories.BegunAsync("test", Story.Wait, "progress:10", Story.Wait);
        await using var following = new Following(client, jobId);
        await following.UntilAsync<JobNotice.Active>();

        // Another request of the same client is cut, so the time is over.
        await using var deaf = await ScriptedApi.StartAsync(ScriptedApi.HoldAsync);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => http.GetAsync(new Uri(deaf.Address, "api/job-events"), TestContext.Current.CancellationToken));
        topology.Stories.GoOn(jobId, 2);

        Assert.Equal(["progress#3", "completed#4"], (await following.ReadToEndAsync()).Select(Following.Describe));
        Assert.Equal(1, proxy.Streams);
    }

    [Theory]
    [InlineData(100, "?wait=30")]
    [InlineData(10, "?wait=5")]
    [InlineData(1, "?wait=0")]
    public async Task A_long_poll_is_asked_for_half_the_time_that_the_HTTP_client_waits(int seconds, string expected)
    {
        var jobId = Guid.NewGuid();
        var asked = new List<string?>();
        await using var api = await ScriptedApi.StartAsync(ScriptedApi.HoldAsync, async context =>
        {
            asked.Add(context.Request.QueryString.Value);
            context.Response.Headers.ETag = "\"1\"";
            await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(
                context.Response, Wire.Status(jobId, asked.Count == 1 ? "active" : "completed"), TestContext.Current.CancellationToken);
        });
        using var http = new HttpClient { BaseAddress = api.Address, Timeout = TimeSpan.FromSeconds(seconds) };

        var notices = await Following.AllOfAsync(new JobClient(http, null, new HastyTime(200)), jobId);

        Assert.Equal(2, notices.Count);
        Assert.Equal(["", expected], asked);
    }

    [Fact]
    public async Task A_standard_resilience_handler_stands_in_the_way_of_nothing()
    {
        await using var proxy = await HttpProxy.StartAsync(topology.ApiAddress, buffers: true);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new HastyTime(20));
        services.AddJobClient(proxy.Address)
            .ConfigureHttpClient(http => http.DefaultRequestHeaders.Add("user-id", "test"))
            .AddStandardResilienceHandler();
        await using var provider = services.BuildServiceProvider();
        var jobId = await topology.Stories.BegunAsync("test", Story.Wait, "progress:10", Story.Wait);
        await using var following = new Following(provider.GetRequiredService<JobClient>(), jobId);

        await following.UntilAsync<JobNotice.Snapshot>();
        topology.Stories.GoOn(jobId);
        await following.UntilAsync<JobNotice.Snapshot>(next => next.Status.Progress == 10);
        proxy.Buffers = false;
        await following.UntilAsync<JobNotice.Progress>();
        topology.Stories.GoOn(jobId);

        Assert.IsType<JobNotice.Completed>((await following.ReadToEndAsync())[^1]);
    }
}
