namespace Browser.Tests;

/// <summary>Answers that aren't a stream.</summary>
[Collection(nameof(Topology))]
public sealed class RefusalTests(Topology topology)
{
    [Fact]
    public async Task A_job_of_somebody_else_ends_it_with_an_error()
    {
        var job = await topology.Writers.BeginAsync("ada");
        var page = await topology.OpenAsync(topology.Api);

        await page.FollowAsync(job.Id, "eve");
        await page.UntilAsync("ended");

        Assert.Equal("JobEventsError 404", await page.ReadAsync<string>("`${error.name} ${error.status}`"));
        Assert.Equal("JobEventsError", await page.ReadAsync<string>("follower.finished.catch(({ name }) => name)"));
        job.End();
    }

    [Fact]
    public async Task A_token_that_is_not_valid_ends_it_with_an_error()
    {
        var job = await topology.Writers.BeginAsync("ada");
        var page = await topology.OpenAsync(topology.Api);

        await page.FollowStreamAsync(job.Id, "ada", token: "made up");
        await page.UntilAsync("ended");

        Assert.Equal("JobEventsError 401 The token is not valid, or has expired.", await page.ReadAsync<string>("`${error.name} ${error.status} ${error.message}`"));
        job.End();
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    public async Task What_is_refused_for_good_is_not_tried_again(int status)
    {
        await using var proxy = await topology.ProxyAsync();
        var job = await topology.Writers.BeginAsync("ada");
        proxy.Refuse(status);
        var page = await topology.OpenAsync(proxy.Address);

        await page.FollowAsync(job.Id, "ada");
        await page.UntilAsync("ended");

        Assert.Equal(status, await page.ReadAsync<int>("error.status"));
        Assert.Single(proxy.StreamIds);
        job.End();
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Whoever_is_asked_to_come_later_comes_at_that_time(int status)
    {
        await using var proxy = await topology.ProxyAsync();
        var job = await topology.Writers.BeginAsync("ada");
        proxy.Refuse(status, "7");
        var page = await topology.OpenAsync(proxy.Address);
        await page.Clock.InstallAsync(new() { TimeDate = new(2030, 1, 1) });
        await page.Clock.PauseAtAsync(new DateTime(2030, 1, 2));

        await page.FollowAsync(job.Id, "ada", new { waits = true });
        await page.UntilAsync("changes.length === 1");
        Assert.Equal(7000, await page.ReadAsync<int>("changes[0].delay"));
        await page.Clock.RunForAsync(6900);
        Assert.Single(proxy.StreamIds);
        await page.Clock.RunForAsync(200);
        await page.UntilAsync("told.length === 2");

        Assert.Equal("connected active", await page.ToldAsync());
        job.End();
    }

    [Theory]
    [InlineData(502)]
    [InlineData(504)]
    public async Task A_gateway_s_failure_is_tried_again(int status)
    {
        await using var proxy = await topology.ProxyAsync();
        var job = await topology.Writers.BeginAsync("ada");
        proxy.Refuse(status);
        proxy.Refuse(status);
        var page = await topology.OpenAsync(proxy.Address);
        job.End();

        await page.FollowAsync(job.Id, "ada");
        await page.UntilAsync("ended");

        Assert.Equal("connected active completed", await page.ToldAsync());
    }

    [Fact]
    public async Task After_an_end_without_a_final_event_it_waits_as_long_as_the_stream_said()
    {
        await using var proxy = await topology.ProxyAsync();
        var job = await topology.Writers.BeginAsync("ada");
        var page = await topology.OpenAsync(proxy.Address);
        await page.EvaluateAsync("""
            () => {
              const { fetch } = window;
              let isFirst = true;
              window.fetch = async (...request) => {
                const answer = isFirst ? new Response('retry: 4321\n\n', { headers: { 'content-type': 'text/event-stream' } }) : fetch(...request);
                isFirst = false;
                return answer;
              };
            }
            """);

        await page.FollowAsync(job.Id, "ada");
        await page.UntilAsync("told.length === 2");

        Assert.Equal(4321, await page.ReadAsync<int>("changes.find(({ state }) => state === 'waiting').delay"));
        job.End();
    }
}
