namespace Browser.Tests;

/// <summary>The client behind proxies that hold streams back.</summary>
[Collection(nameof(Topology))]
public sealed class FallbackTests(Topology topology)
{
    private static readonly object Impatient = new { silence = 500, pollEvery = 10, longestBackoff = 50 };

    [Fact]
    public async Task Where_streams_are_held_back_it_polls_and_tells_the_end_once()
    {
        await using var proxy = await topology.ProxyAsync();
        proxy.HoldsStreams = true;
        var job = await topology.Writers.BeginAsync("ada");
        var page = await topology.OpenAsync(proxy.Address);

        await page.FollowAsync(job.Id, "ada", Impatient);
        await page.UntilAsync("told.length === 1");
        job.Report(50);
        await page.UntilAsync("told.length === 2");
        job.End();
        await page.UntilAsync("ended");

        // The proxy lets go of what it held with the end: either way may be the first to tell of it.
        Assert.StartsWith("connected:poll connected:poll ", await page.ToldAsync(), StringComparison.Ordinal);
        Assert.Equal("1", await page.ReadAsync<string>("String(told.filter(({ name }) => name === 'completed').length)"));
        Assert.Equal("completed true", await page.ReadAsync<string>("follower.finished.then(({ status, result }) => `${status} ${result.done}`)"));
    }

    [Fact]
    public async Task Where_streams_never_come_the_end_is_made_from_the_status()
    {
        await using var proxy = await topology.ProxyAsync();
        proxy.SwallowsStreams = true;
        var job = await topology.Writers.BeginAsync("ada");
        var page = await topology.OpenAsync(proxy.Address);

        await page.FollowAsync(job.Id, "ada", Impatient);
        await page.UntilAsync("told.length === 1");
        job.End();
        await page.UntilAsync("ended");

        Assert.Equal("connected:poll completed:poll", await page.ToldAsync());
        Assert.Equal($$$"""{"jobId":"{{{job.Id}}}","result":{"done":true}}""", await page.ReadAsync<string>("JSON.stringify(told[1].data)"));
    }

    [Fact]
    public async Task It_goes_back_to_the_stream_when_that_comes_again()
    {
        await using var proxy = await topology.ProxyAsync();
        proxy.HoldsStreams = true;
        var job = await topology.Writers.BeginAsync("ada");
        var page = await topology.OpenAsync(proxy.Address);
        await page.FollowAsync(job.Id, "ada", Impatient);
        await page.UntilAsync("told.length === 1 && follower.via === 'poll'");

        proxy.HoldsStreams = false;
        await page.UntilAsync("follower.via === 'stream'");
        job.Write("seen on the stream alone");
        await page.UntilAsync("told.some(({ name, via }) => name === 'delta' && via === 'stream')");
        job.End();
        await page.UntilAsync("ended");

        Assert.Equal("connected:poll connected active delta completed", await page.ToldAsync());
        Assert.Equal("stream,poll,stream", await page.ReadAsync<string>("['stream', ...changes.map(({ via }) => via)].filter((via, i, all) => via !== all[i - 1]).join()"));
    }

    [Fact]
    public async Task A_stream_that_falls_silent_is_taken_up_again_after_its_last_event()
    {
        await using var proxy = await topology.ProxyAsync();
        var job = await topology.Writers.BeginAsync("ada");
        var page = await topology.OpenAsync(proxy.Address);
        await page.FollowAsync(job.Id, "ada", Impatient);
        await page.UntilAsync("told.length === 2");

        proxy.SwallowsStreams = true;
        await page.UntilAsync("follower.via === 'poll'"); // The server's heartbeat is further off than this client's patience.
        job.Report(50);
        await page.UntilAsync("told.some(({ via, data }) => via === 'poll' && data.progress === 50)");
        proxy.SwallowsStreams = false;
        await page.UntilAsync("told.some(({ via, name }) => via === 'stream' && name === 'progress')");
        job.End();
        await page.UntilAsync("ended");

        Assert.Equal("connected active progress completed", await page.ReadAsync<string>("told.filter(({ via, name }) => via === 'stream' || name === 'completed').map(({ name }) => name).join(' ')"));
        Assert.Contains(proxy.StreamIds, id => id is not null);
    }

    [Fact]
    public async Task A_stream_that_fails_again_and_again_is_polled_too()
    {
        await using var proxy = await topology.ProxyAsync();
        for (var i = 0; i < 50; i++)
        {
            proxy.Refuse(502);
        }

        var job = await topology.Writers.BeginAsync("ada");
        var page = await topology.OpenAsync(proxy.Address);
        await page.FollowAsync(job.Id, "ada", new { longestBackoff = 60_000 });
        await page.UntilAsync("follower.via === 'poll' && told.length === 1");
        job.End();
        await page.UntilAsync("ended");

        Assert.Equal("connected:poll completed:poll", await page.ToldAsync());
    }
}
