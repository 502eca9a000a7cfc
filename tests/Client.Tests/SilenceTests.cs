namespace Client.Tests;

/// <summary>A proxy that holds the stream back until it has ended.</summary>
public sealed class SilenceTests(Topology topology)
{
    [Fact]
    public async Task A_silent_stream_is_left_for_the_status_and_taken_again_when_it_is_heard()
    {
        await using var proxy = await HttpProxy.StartAsync(topology.ApiAddress, buffers: true);
        var client = topology.ClientOf("test", proxy.Address, new HastyTime(20));
        var jobId = await topology.Stories.BeginAsync("test", Story.Wait, "progress:10", Story.Wait, "progress:20", Story.Wait, "progress:30", Story.Wait);
        await using var following = new Following(client, jobId);

        var snapshot = await following.UntilAsync<JobNotice.Snapshot>();
        Assert.Equal((NoticeSource.Poll, null), (snapshot.Via, snapshot.EventId));
        topology.Stories.GoOn(jobId);
        snapshot = await following.UntilAsync<JobNotice.Snapshot>(next => next.Status.Progress == 10);
        Assert.Equal(NoticeSource.Poll, snapshot.Via);

        proxy.Buffers = false;
        var told = await following.UntilAsync<JobNotice.Progress>();
        Assert.Equal((NoticeSource.Stream, 10), (told.Via, told.Percent));
        topology.Stories.GoOn(jobId);
        Assert.Equal(20, (await following.UntilAsync<JobNotice.Progress>()).Percent);

        proxy.Buffers = true;
        topology.Stories.GoOn(jobId, 2);
        var rest = await following.ReadToEndAsync();
        Assert.IsType<JobNotice.Completed>(rest[^1]);
        Assert.Single(rest, notice => notice.IsFinal);
    }

    [Fact]
    public async Task With_the_stream_held_back_throughout_the_end_is_told_from_the_status()
    {
        await using var proxy = await HttpProxy.StartAsync(topology.ApiAddress, buffers: true);
        var client = topology.ClientOf("test", proxy.Address, new HastyTime(20));
        var jobId = await topology.Stories.BeginAsync("test", Story.Wait, "progress:10", Story.Wait);
        await using var following = new Following(client, jobId);

        await following.UntilAsync<JobNotice.Snapshot>();
        topology.Stories.GoOn(jobId);
        await following.UntilAsync<JobNotice.Snapshot>(next => next.Status.Progress == 10);
        proxy.HoldsForever = true; // Also the end of a stream.
        topology.Stories.GoOn(jobId);
        var end = Assert.IsType<JobNotice.Completed>(Assert.Single(await following.ReadToEndAsync()));

        Assert.Equal((NoticeSource.Poll, null), (end.Via, end.EventId));
        Assert.Equal("secret-moral", end.Result?.GetProperty("moral").GetString());
    }

    [Fact]
    public async Task With_the_stream_held_back_all_jobs_of_the_caller_are_told_from_their_list()
    {
        var owner = $"{Guid.NewGuid()}";
        var old = await topology.Stories.BeginAsync(owner, "progress:10");
        Assert.IsType<JobNotice.Completed>((await Following.AllOfAsync(topology.ClientOf(owner), old))[^1]);
        var first = await topology.Stories.BegunAsync(owner, Story.Wait);
        await using var proxy = await HttpProxy.StartAsync(topology.ApiAddress, buffers: true);
        proxy.HoldsForever = true;
        await using var following = new Following(
            topology.ClientOf(owner, proxy.Address, new HastyTime(20)).FollowAllAsync(CancellationToken.None));

        Assert.Equal(first, (await following.UntilAsync<JobNotice>()).JobId);
        var second = await topology.Stories.BeginAsync(owner, Story.Fail);
        Assert.Equal(second, (await following.UntilAsync<JobNotice>(notice => notice.IsFinal)).JobId);
        topology.Stories.GoOn(first);
        Assert.Equal(first, (await following.UntilAsync<JobNotice>(notice => notice.IsFinal)).JobId);
    }

    [Fact]
    public async Task A_stream_that_falls_silent_is_opened_anew()
    {
        var jobId = Guid.NewGuid();
        var streams = 0;
        await using var api = await ScriptedApi.StartAsync(async context =>
        {
            if (Interlocked.Increment(ref streams) > 1)
            {
                await ScriptedApi.SendAsync(context, Wire.Completed(jobId, "3"));
                return;
            }

            await ScriptedApi.SendAsync(context, Wire.Active(jobId, "2"));
            await ScriptedApi.HoldAsync(context);
        }, context => ScriptedApi.Refuse(context, 503));
        var client = api.Client(new HastyTime(100), options => options.SilenceLimit = TimeSpan.FromSeconds(30));

        var notices = await Following.AllOfAsync(client, jobId);

        Assert.Equal(["active#2", "completed#3"], notices.Select(Following.Describe));
        Assert.Equal([null, "2"], api.LastEventIds);
    }
}
