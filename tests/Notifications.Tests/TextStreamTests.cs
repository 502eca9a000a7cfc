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

        Assert.Equal(("delta#2.8", "delta#2.16"), (EventStream.Describe(first), EventStream.Describe(second)));
        Assert.Equal(("piece 1 ", "piece 2 "), (TextOf(first), TextOf(second)));
        Assert.Equal(["completed#3"], await stream.ReadToEndAsync());
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task A_listener_that_comes_late_is_told_the_text_so_far_and_then_the_rest(RedisKind kind)
    {
        await using var host = await servers.StartAsync(kind);
        var jobId = await host.BegunAsync(steps: 3, writes: true);
        await host.WriteAsync(jobId, pieces: 2);

        await using var stream = await EventStream.OpenAsync(host.ClientOf("test"), jobId);
        Assert.Equal("connected#1 active#2", await stream.ReadAsync(2));
        Assert.Equal("piece 1 piece 2 ", TextOf((await stream.NextAsync())!.Value));
        await host.WriteAsync(jobId, pieces: 1);

        Assert.Equal(["delta#2.24", "completed#3"], await stream.ReadToEndAsync());
    }

    [Fact]
    public async Task A_listener_that_comes_back_within_a_text_is_told_the_rest_of_it()
    {
        await using var host = await servers.StartAsync();
        var jobId = await host.BegunAsync(steps: 3, writes: true);
        await host.WriteAsync(jobId, pieces: 3);

        await using var stream = await EventStream.OpenAsync(host.ClientOf("test"), jobId, lastEventId: "2.8");

        Assert.Equal("piece 2 piece 3 ", TextOf((await stream.NextAsync())!.Value));
        Assert.Equal(["completed#3"], await stream.ReadToEndAsync());
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task Text_that_Redis_lost_is_a_gap_and_what_is_written_then_follows(RedisKind kind)
    {
        await using var host = await servers.StartAsync(kind);
        var jobId = await host.BegunAsync(steps: 3, writes: true);
        await host.WriteAsync(jobId, pieces: 2);
        await host.RawEvents.FlushAsync();
        await host.WriteAsync(jobId, pieces: 1);

        await using var stream = await EventStream.OpenAsync(host.ClientOf("test"), jobId, lastEventId: "2.8");

        Assert.Equal(["gap#2", "connected#2", "completed#3"], await stream.ReadToEndAsync());
    }

    [Fact]
    public async Task A_text_whose_middle_Redis_lost_goes_on_after_the_gap()
    {
        await using var host = await servers.StartAsync();
        var jobId = await host.BegunAsync(steps: 1, writes: true);
        await host.RawEvents.KeepTextAsync(jobId, start: 16, "piece 3 ");

        await using var stream = await EventStream.OpenAsync(host.ClientOf("test"), jobId, lastEventId: "2.8");

        Assert.Equal("gap#2.16 connected#2.16 delta#2.24", await stream.ReadAsync(3));
    }

    [Fact]
    public async Task A_piece_that_a_listener_did_not_hear_is_told_from_what_is_kept()
    {
        await using var host = await servers.StartAsync();
        var jobId = await host.BegunAsync(steps: 1, writes: true);
        await using var stream = await EventStream.OpenAsync(host.ClientOf("test"), jobId);
        Assert.Equal("connected#1 active#2", await stream.ReadAsync(2));

        await host.RawEvents.KeepTextAsync(jobId, start: 0, "one two ");
        await host.RawEvents.PublishTextAsync(jobId, start: 4, "two ");

        Assert.Equal("one two ", TextOf((await stream.NextAsync())!.Value));
    }

    [Fact]
    public async Task A_piece_that_is_nowhere_to_be_had_is_a_gap()
    {
        await using var host = await servers.StartAsync();
        var jobId = await host.BegunAsync(steps: 1, writes: true);
        await using var stream = await EventStream.OpenAsync(host.ClientOf("test"), jobId);
        Assert.Equal("connected#1 active#2", await stream.ReadAsync(2));

        await host.RawEvents.PublishTextAsync(jobId, start: 4, "two ");

        Assert.Equal("gap#2.4 connected#2.4 delta#2.8", await stream.ReadAsync(3));
    }

    [Fact]
    public async Task The_last_piece_is_missed_when_only_the_end_is_heard()
    {
        await using var host = await servers.StartAsync();
        var jobId = await host.BegunAsync(steps: 1, writes: true);
        await using var stream = await EventStream.OpenAsync(host.ClientOf("test"), jobId);
        Assert.Equal("connected#1 active#2", await stream.ReadAsync(2));

        await host.RawEvents.KeepTextAsync(jobId, start: 0, "the text");
        await host.RawEvents.PublishAsync(jobId, seq: 3, "progress", offset: 8, textBefore: 8);

        Assert.Equal("delta#2.8", (await stream.ReadAsync(1)));
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
