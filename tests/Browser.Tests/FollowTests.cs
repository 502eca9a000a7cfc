namespace Browser.Tests;

/// <summary>The client on the real stream, over connections that break.</summary>
[Collection(nameof(Topology))]
public sealed class FollowTests(Topology topology)
{
    [Fact]
    public async Task A_job_is_followed_to_its_end_and_the_final_status_is_known()
    {
        var job = await topology.Writers.BeginAsync("ada");
        var page = await topology.OpenAsync(topology.Api);
        await page.FollowAsync(job.Id, "ada");
        await page.UntilAsync("told.length === 2");

        job.Report(50);
        job.End();

        await page.UntilAsync("ended");
        Assert.Equal("connected active progress completed", await page.ToldAsync());
        Assert.Equal("completed 100 true", await page.ReadAsync<string>("follower.finished.then(({ status, progress, result }) => `${status} ${progress} ${result.done}`)"));
    }

    [Fact]
    public async Task However_often_a_stream_is_cut_in_the_middle_every_event_is_told_once()
    {
        await using var proxy = await topology.ProxyAsync();
        var job = await topology.Writers.BeginAsync("ada");
        for (var percent = 2; percent < 100; percent += 2)
        {
            job.Report(percent);
        }

        job.Write("Größe 😀 ");
        job.End();
        var whole = await topology.OpenAsync(topology.Api);
        await whole.FollowAsync(job.Id, "ada");
        await whole.UntilAsync("ended");

        // Within the first line and within the snapshot; then each time within another part of an event. A browser drops what a
        // page hasn't read yet when a connection breaks, so how far each comes isn't known.
        int[] cuts = [3, 40, .. Enumerable.Range(0, 20).Select(i => 700 + (13 * i))];
        Array.ForEach(cuts, proxy.CutAfter);

        var page = await topology.OpenAsync(proxy.Address);
        await page.FollowStreamAsync(job.Id, "ada", new { longestBackoff = 1 });
        await page.UntilAsync("ended");

        Assert.Equal(await whole.ReadAsync<string>("JSON.stringify(told)"), await page.ReadAsync<string>("JSON.stringify(told)"));
        Assert.True(proxy.StreamIds.Distinct().Count() >= 3, string.Join(' ', proxy.StreamIds));
    }

    [Fact]
    public async Task What_comes_again_though_it_should_not_is_not_told_again()
    {
        await using var proxy = await topology.ProxyAsync();
        proxy.ForgetsIds = true;
        var job = await topology.Writers.BeginAsync("ada");
        var page = await topology.OpenAsync(proxy.Address);
        await page.FollowAsync(job.Id, "ada");
        job.Report(50);
        await page.UntilAsync("told.length === 3");

        proxy.IsDown = true;
        proxy.IsDown = false;
        await page.UntilAsync("told.length === 4");
        job.End();
        await page.UntilAsync("ended");

        Assert.Equal("connected active progress connected completed", await page.ToldAsync());
    }

    [Fact]
    public async Task What_came_while_the_page_was_away_is_told_when_it_comes_back_with_the_last_id()
    {
        var job = await topology.Writers.BeginAsync("ada");
        var page = await topology.OpenAsync(topology.Api);
        await page.FollowAsync(job.Id, "ada");
        await page.UntilAsync("told.length === 2");
        var last = await page.ReadAsync<string>("(follower.close(), follower.lastEventId)");
        job.Report(50);
        await topology.Writers.UntilReportedAsync(job.Id, 50);
        job.End();

        await page.FollowAsync(job.Id, "ada", new { lastEventId = last });
        await page.UntilAsync("ended");

        Assert.Equal("progress completed", await page.ToldAsync());
    }

    [Fact]
    public async Task Whoever_has_everything_is_told_nothing_and_the_status()
    {
        var job = await topology.Writers.BeginAsync("ada");
        job.End();
        var page = await topology.OpenAsync(topology.Api);
        await page.FollowAsync(job.Id, "ada");
        await page.UntilAsync("ended");
        var last = await page.ReadAsync<string>("follower.lastEventId");

        await page.FollowAsync(job.Id, "ada", new { lastEventId = last });
        await page.UntilAsync("ended");

        Assert.Equal("", await page.ToldAsync());
        Assert.Equal("completed", await page.ReadAsync<string>("follower.finished.then(({ status }) => status)"));
    }

    [Fact]
    public async Task A_caller_that_calls_it_off_hears_no_more_and_no_error()
    {
        var job = await topology.Writers.BeginAsync("ada");
        var page = await topology.OpenAsync(topology.Api);
        await page.FollowAsync(job.Id, "ada");
        await page.UntilAsync("told.length === 2");

        await page.ReadAsync<object?>("follower.close()");
        await page.UntilAsync("ended");

        Assert.Null(await page.ReadAsync<string?>("error"));
        Assert.Equal("AbortError", await page.ReadAsync<string>("follower.finished.catch(({ name }) => name)"));
        job.End();
    }
}
