using System.Text.Json;
using Queueing;
using StackExchange.Redis;

namespace Notifications.Tests;

/// <summary>The events in Redis, past the engine: for what the engine never does, and a network may.</summary>
internal sealed class RawEvents(IConnectionMultiplexer redis)
{
    private static readonly RedisChannel Channel = RedisChannel.Literal("jobs:events");

    /// <summary>Puts a piece of text into the log, and publishes it or not.</summary>
    public async Task AddAsync(Guid jobId, long seq, int piece, bool publish)
    {
        var delta = JsonSerializer.Serialize(
            new JobEvent(jobId, "test", seq, JobEventName.Delta, JsonElement.Parse("""{"text":"t"}"""), null, piece), JobJson.Options);
        await redis.GetDatabase().ListRightPushAsync(LogOf(jobId), delta);
        if (publish)
        {
            await PublishAsync(delta);
        }
    }

    /// <summary>Publishes the job's logged events a second time.</summary>
    public async Task PublishAgainAsync(Guid jobId)
    {
        foreach (var entry in await redis.GetDatabase().ListRangeAsync(LogOf(jobId)))
        {
            await PublishAsync(entry);
        }
    }

    /// <summary>Takes the event at a place out of the log.</summary>
    public async Task ForgetAsync(Guid jobId, int place)
    {
        var entry = await redis.GetDatabase().ListGetByIndexAsync(LogOf(jobId), place);
        await redis.GetDatabase().ListRemoveAsync(LogOf(jobId), entry, 1);
    }

    public Task FlushAsync() => redis.GetDatabase().ExecuteAsync("FLUSHALL");

    private static RedisKey LogOf(Guid jobId) => $"jobs:{jobId:n}:events";

    private async Task PublishAsync(RedisValue message)
    {
        await Eventually.TrueAsync(async () => await redis.GetServers()[0].SubscriptionSubscriberCountAsync(Channel) == 1);
        await redis.GetSubscriber().PublishAsync(Channel, message);
    }
}
