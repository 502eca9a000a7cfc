using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Queueing.Tests;

/// <summary>The text that an attempt shows while it writes it.</summary>
public sealed class TextTests(PostgresServerFixture postgres)
{
    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task Pieces_are_gathered_into_few_events_whose_texts_are_the_whole_in_order(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        await using var host = await StartAsync(redis);
        host.Chores.Run = (_, context, _) =>
        {
            for (var i = 0; i < 1000; i++)
            {
                context.WriteText($"{i} ");
            }

            return Task.FromResult<JobOutcome>(new JobOutcome.Completed());
        };

        var events = await EventsAsync(host);

        Assert.Equal(JobEventName.Active, events[0].Name);
        Assert.Equal(JobEventName.Completed, events[^1].Name);
        var pieces = events[1..^1];
        Assert.All(pieces, piece => Assert.Equal((JobEventName.Delta, events[0].Seq), (piece.Name, piece.Seq)));
        Assert.InRange(pieces.Length, 1, 50);
        var whole = string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i} "));
        Assert.Equal(whole, TextOf(pieces));
        Assert.Equal([0, .. pieces.Select(piece => piece.Offset)], [.. pieces.Select(piece => piece.TextBefore!.Value), whole.Length]);
        Assert.Equal(new KeptText(events[0].Seq, 0, whole), (await host.Get<JobEventLog>().ReadAsync(events[0].JobId)).Text);
        Assert.Equal((whole.Length, whole.Length), (events[^1].TextBefore, (await host.StatusAsync(events[0].JobId)).TextLength));
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task Text_goes_out_before_the_progress_that_follows_it_and_goes_on_after_it(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        await using var host = await StartAsync(redis);
        host.Chores.Run = async (_, context, workToken) =>
        {
            context.WriteText("a");
            await context.ReportProgressAsync(50, null, workToken);
            context.WriteText("b");
            return new JobOutcome.Completed();
        };

        var events = await EventsAsync(host);

        Assert.Equal(
            [("active", 2, 0), ("delta", 2, 1), ("progress", 3, 1), ("delta", 3, 2), ("completed", 4, 0)],
            events.Select(told => (told.Name, (int)told.Seq, told.Offset)));
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task The_text_of_an_attempt_that_fails_goes_out_before_its_failure(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        await using var host = await StartAsync(redis);
        host.Chores.Answer(WriteAndFailAtFirst);

        var events = await EventsAsync(host);

        Assert.Equal(["active", "delta", "retrying", "active", "delta", "completed"], events.Select(told => told.Name));
        Assert.Equal(["attempt 1", "attempt 2"], events.Where(told => told.Name == "delta").Select(delta => TextOf([delta])));
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task Only_the_text_of_the_newest_attempt_is_kept(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        await using var host = await StartAsync(redis);
        host.Chores.Answer(WriteAndFailAtFirst);

        var events = await EventsAsync(host);

        var again = events.Last(told => told.Name == JobEventName.Active);
        Assert.Equal(new KeptText(again.Seq, 0, "attempt 2"), (await host.Get<JobEventLog>().ReadAsync(again.JobId)).Text);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task After_Redis_lost_a_text_what_follows_is_kept_with_the_place_where_it_begins(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        await using var host = await StartAsync(redis);
        var log = host.Get<JobEventLog>();
        host.Chores.Run = async (_, context, _) =>
        {
            context.WriteText("lost €");
            await Eventually.TrueAsync(async () => (await log.ReadAsync(context.JobId)).Text is { End: 6 });
            await host.Get<IConnectionMultiplexer>().GetDatabase().ExecuteAsync("FLUSHALL");
            context.WriteText("kept");
            return new JobOutcome.Completed();
        };

        var events = await EventsAsync(host);

        Assert.Equal(new KeptText(events[0].Seq, 6, "kept"), (await log.ReadAsync(events[0].JobId)).Text);
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task A_character_that_is_written_in_two_halves_is_sent_whole(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        await using var host = await StartAsync(redis);
        var log = host.Get<JobEventLog>();
        host.Chores.Run = async (_, context, _) =>
        {
            context.WriteText("a\ud83d");
            await Eventually.TrueAsync(async () => (await log.ReadAsync(context.JobId)).Text is { Text: "a" });
            context.WriteText("\ude00b");
            return new JobOutcome.Completed();
        };

        var events = await EventsAsync(host);

        Assert.Equal("a\ud83d\ude00b", TextOf(events.Where(told => told.Name == JobEventName.Delta)));
        Assert.Equal("a\ud83d\ude00b", (await log.ReadAsync(events[0].JobId)).Text!.Text);
    }

    [Fact]
    public async Task Text_that_comes_after_the_handler_ended_is_not_told()
    {
        await using var redis = await TestRedis.StartAsync(RedisKind.Garnet);
        await using var host = await StartAsync(redis);
        JobContext? left = null;
        host.Chores.Run = (_, context, _) =>
        {
            context.WriteText("in time");
            left = context;
            return Task.FromResult<JobOutcome>(new JobOutcome.Completed());
        };

        var events = await EventsAsync(host);
        left!.WriteText("too late");
        await EventsAsync(host);

        Assert.Equal("in time", (await host.Get<JobEventLog>().ReadAsync(events[0].JobId)).Text!.Text);
    }

    [Fact]
    public async Task Without_Redis_a_handler_writes_into_the_air()
    {
        await using var host = await QueueHost.StartWorkerAsync(await postgres.CreateDatabaseAsync());
        host.Chores.Answer(context =>
        {
            context.WriteText("a");
            return new JobOutcome.Completed();
        });

        Assert.Equal(JobState.Completed, (await host.EndOfAsync(await host.EnqueueAsync(new Chore()))).Status);
    }

    private static JobOutcome WriteAndFailAtFirst(JobContext context)
    {
        context.WriteText($"attempt {context.Attempt}");
        return context.Attempt == 1 ? throw new InvalidOperationException("It broke.") : new JobOutcome.Completed();
    }

    private static string TextOf(IEnumerable<JobEvent> pieces) => string.Concat(pieces.Select(piece => piece.Data.GetProperty("text").GetString()));

    private static async Task<JobEvent[]> EventsAsync(QueueHost host)
    {
        var recorder = await EventRecorder.StartAsync(host);
        return await recorder.OfAsync(await host.EnqueueAsync(new Chore()));
    }

    private async Task<QueueHost> StartAsync(TestRedis redis)
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString + ",connectTimeout=10000,connectRetry=5");
        return await QueueHost.StartWorkerAsync(
            await postgres.CreateDatabaseAsync(), builder => builder.Services.AddSingleton<IConnectionMultiplexer>(connection));
    }
}
