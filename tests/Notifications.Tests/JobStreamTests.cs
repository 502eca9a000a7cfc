namespace Notifications.Tests;

public sealed class JobStreamTests(StreamServers servers)
{
    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task A_listener_hears_every_change_as_it_happens_and_then_the_end(RedisKind kind)
    {
        await using var host = await servers.StartAsync(kind);
        var jobId = await host.BegunAsync(steps: 2);
        await using var stream = await EventStream.OpenAsync(host.ClientOf("test"), jobId);

        var connected = (await stream.NextAsync())!.Value;
        Assert.Equal("connected#1", EventStream.Describe(connected));
        Assert.Equal("active", EventStream.DataOf(connected).GetProperty("status").GetString());
        Assert.Equal("active#2", EventStream.Describe((await stream.NextAsync())!.Value));

        host.Steps.Release();
        var progress = (await stream.NextAsync())!.Value;
        Assert.Equal("progress#3", EventStream.Describe(progress));
        Assert.Equal((50, "step 1"), (EventStream.DataOf(progress).GetProperty("progress").GetInt32(), EventStream.DataOf(progress).GetProperty("message").GetString()));

        host.Steps.Release();
        Assert.Equal("progress#4", EventStream.Describe((await stream.NextAsync())!.Value));
        var completed = (await stream.NextAsync())!.Value;
        Assert.Equal("completed#5", EventStream.Describe(completed));
        Assert.Equal(2, EventStream.DataOf(completed).GetProperty("result").GetProperty("count").GetInt32());
        Assert.Null(await stream.NextAsync());
    }

    [Fact]
    public async Task A_listener_that_comes_late_is_told_the_past()
    {
        await using var host = await servers.StartAsync();
        var jobId = await host.FinishedAsync(steps: 2);

        await using var stream = await EventStream.OpenAsync(host.ClientOf("test"), jobId);

        Assert.Equal(["connected#1", "active#2", "progress#3", "progress#4", "completed#5"], await stream.ReadToEndAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_listener_that_comes_back_misses_nothing_and_hears_nothing_twice(bool inQuery)
    {
        await using var host = await servers.StartAsync();
        var jobId = await host.BegunAsync(steps: 3);
        string? lastId = null;
        await using (var first = await EventStream.OpenAsync(host.ClientOf("test"), jobId))
        {
            host.Steps.Release();
            for (var i = 0; i < 3; i++)
            {
                lastId = (await first.NextAsync())!.Value.EventId;
            }
        }

        host.Steps.Release(2); // While nobody listens.
        await Eventually.TrueAsync(async () => (await host.KeptAsync(jobId)).Progress.Count == 3);
        await using var second = await EventStream.OpenAsync(host.ClientOf("test"), jobId, lastId, inQuery);

        Assert.Equal("3", lastId);
        Assert.Equal(["progress#4", "progress#5", "completed#6"], await second.ReadToEndAsync());
    }

    [Fact]
    public async Task An_event_that_comes_a_second_time_is_told_once()
    {
        await using var host = await servers.StartAsync();
        var jobId = await host.BegunAsync(steps: 1);
        await using var stream = await EventStream.OpenAsync(host.ClientOf("test"), jobId);
        await stream.NextAsync();
        Assert.Equal("active#2", EventStream.Describe((await stream.NextAsync())!.Value));

        await host.RawEvents.PublishAsync(jobId, seq: 2, "active");
        host.Steps.Release();

        Assert.Equal(["progress#3", "completed#4"], await stream.ReadToEndAsync());
    }

    [Fact]
    public async Task A_listener_that_has_the_end_is_told_not_to_come_back()
    {
        await using var host = await servers.StartAsync();
        var jobId = await host.FinishedAsync(steps: 1);
        var end = (await host.StatusAsync(jobId)).Seq;

        var response = await host.ClientOf("test").GetAsync(
            $"/api/job-events?jobId={jobId}&lastEventId={end}", TestContext.Current.CancellationToken);

        Assert.Equal(System.Net.HttpStatusCode.NoContent, response.StatusCode);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task After_Redis_was_wiped_changes_of_state_are_still_told(RedisKind kind)
    {
        await using var host = await servers.StartAsync(kind);
        var jobId = await host.FinishedAsync(steps: 3);
        await host.RawEvents.FlushAsync();

        await using var stream = await EventStream.OpenAsync(host.ClientOf("test"), jobId, lastEventId: "1");

        Assert.Equal(["active#2", "completed#6"], await stream.ReadToEndAsync());
    }

    [Fact]
    public async Task A_change_that_no_event_told_of_is_told_from_the_database()
    {
        await using var host = await servers.StartAsync();
        var jobId = await host.BegunAsync(steps: 1);
        await using var stream = await EventStream.OpenAsync(host.ClientOf("test"), jobId);
        Assert.Equal("connected#1 active#2", await stream.ReadAsync(2));

        await host.ReportUnheardAsync(jobId, percent: 40);

        var progress = (await stream.NextAsync())!.Value;
        Assert.Equal(("progress#3", 40), (EventStream.Describe(progress), EventStream.DataOf(progress).GetProperty("progress").GetInt32()));
    }

    [Fact]
    public async Task The_end_reaches_listeners_though_Redis_died()
    {
        await using var host = await servers.StartAsync();
        var jobId = await host.BegunAsync(steps: 1);
        await using var stream = await EventStream.OpenAsync(host.ClientOf("test"), jobId);
        await stream.NextAsync();
        await stream.NextAsync();

        await host.Redis.KillAsync();
        host.Steps.Release();

        var events = await stream.ReadToEndAsync();
        Assert.Equal("completed#4", events[^1]);
        Assert.Subset(new HashSet<string> { "progress#3" }, events[..^1].ToHashSet()); // The end may stand for it.
        Assert.Equal(events.Distinct(), events);
    }

    [Fact]
    public async Task With_Redis_away_from_the_start_listeners_hear_the_states()
    {
        await using var host = await servers.StartAsync();
        await host.Redis.KillAsync();
        var jobId = await host.EnqueueAsync(steps: 1);
        await using var stream = await EventStream.OpenAsync(host.ClientOf("test"), jobId);
        Assert.Equal("connected", (await stream.NextAsync())!.Value.EventType);

        host.Steps.Release();

        Assert.Equal("completed#4", (await stream.ReadToEndAsync())[^1]);
    }

    [Fact]
    public async Task Many_listeners_of_one_job_all_hear_its_end()
    {
        await using var host = await servers.StartAsync();
        var jobId = await host.EnqueueAsync(steps: 1);
        var streams = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => EventStream.OpenAsync(host.ClientOf("test"), jobId)));

        host.Steps.Release();
        var heard = await Task.WhenAll(streams.Select(stream => stream.ReadToEndAsync()));

        Assert.All(heard, events => Assert.Equal("completed#4", events[^1]));
        Assert.All(heard, events => Assert.Equal(events.Distinct(), events));
    }
}
