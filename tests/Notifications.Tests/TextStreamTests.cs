namespace Notifications.Tests;

public sealed class TextStreamTests(StreamServers servers)
{
    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task Pieces_of_text_are_heard_in_order_as_they_are_written(RedisKind kind)
    {
        await using var host = await servers.StartAsync(kind);
        var jobId = await host.BegunAsync(steps: 2, writes: true);
        await using var stream = await EventStream.OpenAsync(host.ClientOf("test"), jobId);
        Assert.Equal("connected#1 active#2", await stream.ReadAsync(2));

        host.Steps.Release();
        var first = (await stream.NextAsync())!.Value;
        host.Steps.Release();
        var second = (await stream.NextAsync())!.Value;

        Assert.Equal(("delta#2.1", "delta#2.2"), (EventStream.Describe(first), EventStream.Describe(second)));
        Assert.Equal(("piece 1 ", "piece 2 "), (TextOf(first), TextOf(second)));
        Assert.Equal(["completed#3"], await stream.ReadToEndAsync());
    }

    [Fact]
    public async Task A_listener_that_comes_back_within_a_text_is_told_the_rest_of_it()
    {
        await using var host = await servers.StartAsync();
        var jobId = await host.BegunAsync(steps: 3, writes: true);
        await host.WriteAsync(jobId, pieces: 2);
        await using (var first = await EventStream.OpenAsync(host.ClientOf("test"), jobId))
        {
            Assert.Equal("connected#1 active#2 delta#2.1", await first.ReadAsync(3));
        }

        await host.WriteAsync(jobId, pieces: 1); // While nobody listens.
        await using var second = await EventStream.OpenAsync(host.ClientOf("test"), jobId, lastEventId: "2.1");

        Assert.Equal(["delta#2.2", "delta#2.3", "completed#3"], await second.ReadToEndAsync());
    }

    [Fact]
    public async Task Text_that_the_log_no_longer_has_is_a_gap_and_what_is_written_then_follows()
    {
        await using var host = await servers.StartAsync();
        var jobId = await host.BegunAsync(steps: 4, writes: true);
        await host.WriteAsync(jobId, pieces: 3);
        await host.RawEvents.ForgetAsync(jobId, place: 2); // 2.2: the log is 2, 2.1, 2.2, 2.3.

        await using var stream = await EventStream.OpenAsync(host.ClientOf("test"), jobId, lastEventId: "2.1");
        Assert.Equal("gap#2.3 connected#2.3", await stream.ReadAsync(2));
        host.Steps.Release();

        Assert.Equal(["delta#2.4", "completed#3"], await stream.ReadToEndAsync());
    }

    [Fact]
    public async Task What_a_listener_did_not_hear_is_told_from_the_log_and_else_is_a_gap()
    {
        await using var host = await servers.StartAsync();
        var jobId = await host.BegunAsync(steps: 1, writes: true);
        await using var stream = await EventStream.OpenAsync(host.ClientOf("test"), jobId);
        Assert.Equal("connected#1 active#2", await stream.ReadAsync(2));

        await host.RawEvents.AddAsync(jobId, seq: 2, piece: 1, publish: false);
        await host.RawEvents.AddAsync(jobId, seq: 2, piece: 2, publish: true);
        Assert.Equal("delta#2.1 delta#2.2", await stream.ReadAsync(2));

        await host.RawEvents.AddAsync(jobId, seq: 2, piece: 4, publish: true);
        Assert.Equal("gap#2.4 connected#2.4", await stream.ReadAsync(2));
    }

    [Fact]
    public async Task A_listener_hears_that_its_job_was_called_off_and_the_stream_ends()
    {
        await using var host = await servers.StartAsync();
        var jobId = await host.BegunAsync(steps: 1);
        await using var stream = await EventStream.OpenAsync(host.ClientOf("test"), jobId);

        await host.CancelAsync(jobId);

        Assert.Equal(["connected#1", "active#2", "cancelled#3"], await stream.ReadToEndAsync());
    }

    private static string? TextOf(System.Net.ServerSentEvents.SseItem<string> item) =>
        EventStream.DataOf(item).GetProperty("text").GetString();
}
