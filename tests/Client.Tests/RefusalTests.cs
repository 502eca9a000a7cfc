using System.Net;
using Microsoft.AspNetCore.Http;

namespace Client.Tests;

/// <summary>What the API refuses, for now and for good.</summary>
public sealed class RefusalTests(Topology topology)
{
    private static readonly Guid JobId = Guid.NewGuid();

    [Fact]
    public async Task A_job_that_is_refused_for_now_tells_when_to_come_back()
    {
        await using var proxy = await HttpProxy.StartAsync(topology.ApiAddress, refusals: 1);
        var client = topology.ClientOf("test", proxy.Address);

        var refused = await Assert.ThrowsAsync<JobRefusedException>(() => client.EnqueueAsync("generate-flashcards", Flashcards.Request, null, Cancellation));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(7)), (refused.StatusCode, refused.RetryAfter));

        await client.EnqueueAsync("generate-flashcards", Flashcards.Request, null, Cancellation);
    }

    [Fact]
    public async Task A_stream_that_is_refused_for_now_is_tried_again_no_sooner_than_the_server_asks()
    {
        var time = new HastyTime(100);
        await using var proxy = await HttpProxy.StartAsync(topology.ApiAddress, refusals: 2);
        var jobId = await topology.Stories.BeginAsync("test", "progress:10");

        var notices = await Following.AllOfAsync(topology.ClientOf("test", proxy.Address, time, options => options.SilenceLimit = TimeSpan.FromHours(1)), jobId);

        Assert.IsType<JobNotice.Completed>(notices[^1]);
        Assert.Equal(2, time.Waits.Count(wait => wait == TimeSpan.FromSeconds(7)));
    }

    [Fact]
    public async Task A_status_that_is_refused_for_now_is_asked_for_again_no_sooner_than_the_server_asks()
    {
        var time = new HastyTime(200);
        var asked = 0;
        await using var api = await ScriptedApi.StartAsync(ScriptedApi.HoldAsync, context =>
        {
            if (Interlocked.Increment(ref asked) > 1)
            {
                return context.Response.WriteAsync(Wire.Status(JobId, "completed"));
            }

            context.Response.Headers.RetryAfter = "11";
            return ScriptedApi.Refuse(context, StatusCodes.Status503ServiceUnavailable);
        });

        var notices = await Following.AllOfAsync(api.Client(time, options => options.SilenceLimit = TimeSpan.FromSeconds(30)), JobId);

        Assert.Equal(NoticeSource.Poll, Assert.IsType<JobNotice.Completed>(Assert.Single(notices)).Via);
        Assert.Contains(TimeSpan.FromSeconds(11), time.Waits);
    }

    [Fact]
    public async Task After_an_orderly_end_the_client_comes_back_in_the_time_that_the_server_told()
    {
        var time = new HastyTime(1000);
        await using var api = await ScriptedApi.StartAsync(context => ScriptedApi.SendAsync(
            context, context.Request.Headers["Last-Event-ID"] == "2" ? Wire.Completed(JobId, "3") : "retry: 4321\n\n" + Wire.Active(JobId, "2")));

        var notices = await Following.AllOfAsync(api.Client(time), JobId);

        Assert.Equal(["active#2", "completed#3"], notices.Select(Following.Describe));
        Assert.Equal([null, "2"], api.LastEventIds);
        Assert.Contains(TimeSpan.FromMilliseconds(4321), time.Waits);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_stream_that_is_refused_for_good_is_not_tried_again(int status)
    {
        await using var api = await ScriptedApi.StartAsync(context => ScriptedApi.Refuse(context, status));

        var refused = await Assert.ThrowsAnyAsync<JobApiException>(() => Following.AllOfAsync(api.Client(new HastyTime(1000)), JobId));

        Assert.Equal(status, (int)refused.StatusCode);
        Assert.Single(api.LastEventIds);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(200)] // Not an event stream: a page of some proxy.
    public async Task A_stream_that_fails_for_now_is_tried_again(int status)
    {
        var requests = 0;
        await using var api = await ScriptedApi.StartAsync(context =>
            Interlocked.Increment(ref requests) < 5 ? ScriptedApi.Refuse(context, status) : ScriptedApi.SendAsync(context, Wire.Completed(JobId, "3")));

        var notices = await Following.AllOfAsync(api.Client(new HastyTime(1000)), JobId);

        Assert.Equal(["completed#3"], notices.Select(Following.Describe));
    }

    [Fact]
    public async Task When_the_server_has_nothing_more_to_tell_the_follower_ends()
    {
        await using var api = await ScriptedApi.StartAsync(context => ScriptedApi.Refuse(context, StatusCodes.Status204NoContent));

        Assert.Empty(await Following.AllOfAsync(api.Client(TimeProvider.System), JobId, lastEventId: "3"));
        Assert.Equal(["3"], api.LastEventIds);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
