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

        var events = await EventsAsync(host, await host.EnqueueAsync(new Chore()));

        Assert.Equal(JobEventName.Active, events[0].Name);
        Assert.Equal(JobEventName.Completed, events[^1].Name);
        var pieces = events[1..^1];
        Assert.All(pieces, piece => Assert.Equal((JobEventName.Delta, events[0].Seq), (piece.Name, piece.Seq)));
        Assert.InRange(pieces.Length, 1, 50);
        Assert.Equal(Enumerable.Range(1, pieces.Length), pieces.Select(piece => piece.Piece));
        Assert.Equal(string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i} ")), TextOf(pieces));
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task Text_goes_out_before_the_progress_that_follows_it_and_pieces_count_from_there(RedisKind kind)
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

        var events = await EventsAsync(host, await host.EnqueueAsync(new Chore()));

        Assert.Equal(
            [("active", 2, 0), ("delta", 2, 1), ("progress", 3, 0), ("delta", 3, 1), ("completed", 4, 0)],
            events.Select(told => (told.Name, (int)told.Seq, told.Piece)));
    }

    [Theory]
    [InlineData(RedisKind.Garnet)]
    [InlineData(RedisKind.Redis)]
    public async Task The_text_of_an_attempt_that_fails_goes_out_before_its_failure(RedisKind kind)
    {
        await using var redis = await TestRedis.StartAsync(kind);
        await using var host = await StartAsync(redis);
        host.Chores.Run = (_, context, _) =>
        {
            context.WriteText($"attempt {context.Attempt}");
            return context.Attempt == 1 ? throw new InvalidOperationException("It broke.") : Task.FromResult<JobOutcome>(new JobOutcome.Completed());
        };

        var events = await EventsAsync(host, await host.EnqueueAsync(new Chore()));

        Assert.Equal(["active", "delta", "retrying", "active", "delta", "completed"], events.Select(told => told.Name));
        Assert.Equal(["attempt 1", "attempt 2"], events.Where(told => told.Name == "delta").Select(delta => TextOf([delta])));
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

    private static string TextOf(IEnumerable<JobEvent> pieces) => string.Concat(pieces.Select(piece => piece.Data.GetProperty("text").GetString()));

    private static async Task<JobEvent[]> EventsAsync(QueueHost host, Guid jobId)
    {
        var log = host.Get<JobEventLog>();
        await Eventually.TrueAsync(async () => (await log.ReadAsync(jobId)).Any(told => told.IsFinal));
        return [.. await log.ReadAsync(jobId)];
    }

    private async Task<QueueHost> StartAsync(TestRedis redis)
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(redis.ConnectionString + ",connectTimeout=10000,connectRetry=5");
        return await QueueHost.StartWorkerAsync(
            await postgres.CreateDatabaseAsync(), builder => builder.Services.AddSingleton<IConnectionMultiplexer>(connection));
    }
}
