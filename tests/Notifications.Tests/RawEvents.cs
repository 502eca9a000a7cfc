using System.Text.Json;
using Queueing;
using StackExchange.Redis;

namespace Notifications.Tests;

/// <summary>The events in Redis, past the engine: for what the engine never does, and a network may.</summary>
internal sealed class RawEvents(IConnectionMultiplexer redis)
{
    private static readonly RedisChannel Channel = RedisChannel.Literal("jobs:events");

    /// <summary>Publishes an event, and keeps nothing of it.</summary>
    public async Task PublishAsync(Guid jobId, long seq, string name, string data = "{}", int offset = 0, int? textBefore = null)
    {
        var jobEvent = new JobEvent(jobId, "test", seq, name, JsonElement.Parse(data), null, offset, textBefore);
        await Eventually.TrueAsync(async () => await redis.GetServers()[0].SubscriptionSubscriberCountAsync(Channel) == 1);
        await redis.GetSubscriber().PublishAsync(Channel, JsonSerializer.Serialize(jobEvent, JobJson.Options));
    }

    /// <summary>Publishes a piece of text, as if it were of the job's first attempt.</summary>
    public Task PublishTextAsync(Guid jobId, int start, string text) => PublishAsync(
        jobId,
        seq: 2,
        JobEventName.Delta,
        JsonSerializer.Serialize(new { jobId, attempt = 1, offset = start, text }),
        start + text.Length,
        start);

    /// <summary>Keeps a text, as if it were of the job's first attempt.</summary>
    public Task KeepTextAsync(Guid jobId, int start, string text) =>
        redis.GetDatabase().StringSetAsync($"jobs:{jobId:n}:text", $"2 {start} {start}\n{text}");

    public Task FlushAsync() => redis.GetDatabase().ExecuteAsync("FLUSHALL");
}
