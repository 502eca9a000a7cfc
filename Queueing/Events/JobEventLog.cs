using System.Text.Json;
using Queueing.Events;
using StackExchange.Redis;

namespace Queueing;

/// <summary>
/// The events of jobs in Redis: sent to whoever listens, and kept for an hour (the last 256 of a job) for those who
/// come late. An accelerator: what is lost here can be read from the job's status.
/// </summary>
public sealed class JobEventLog
{
    private const int KeptEvents = 256;

    // One script, so that the log and the channel have the same events in the same order.
    private const string AppendAndPublish = """
        redis.call('RPUSH', KEYS[1], ARGV[1])
        redis.call('LTRIM', KEYS[1], -tonumber(ARGV[2]), -1)
        redis.call('PEXPIRE', KEYS[1], ARGV[3])
        redis.call('PUBLISH', ARGV[4], ARGV[1])
        """;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly IConnectionMultiplexer? redis;

    internal JobEventLog(IConnectionMultiplexer? redis) => this.redis = redis;

    internal bool IsReachable => redis is { IsConnected: true };

    /// <summary>Calls <paramref name="handler"/> with each event of any job from now on, in order, one at a time.</summary>
    /// <remarks>After a lost connection it goes on by itself; events sent meanwhile are missed.</remarks>
    /// <returns>False when Redis can't be reached now: nothing was subscribed.</returns>
    public async Task<bool> TrySubscribeAsync(Action<JobEvent> handler)
    {
        if (!IsReachable)
        {
            return false;
        }

        try
        {
            var messages = await redis!.GetSubscriber().SubscribeAsync(RedisKeys.Events);
            messages.OnMessage(message => handler(Parse(message.Message)));
            return true;
        }
        catch (Exception exception) when (exception is RedisException or RedisTimeoutException)
        {
            return false;
        }
    }

    /// <returns>The kept events of a job, oldest first; empty when there are none or Redis is away.</returns>
    public async Task<IReadOnlyList<JobEvent>> ReadAsync(Guid jobId)
    {
        if (!IsReachable)
        {
            return [];
        }

        try
        {
            var entries = await redis!.GetDatabase().ListRangeAsync(RedisKeys.EventLog(jobId));
            return [.. entries.Select(Parse)];
        }
        catch (Exception exception) when (exception is RedisException or RedisTimeoutException)
        {
            return [];
        }
    }

    internal Task AppendAsync(JobEvent jobEvent) => redis!.GetDatabase().ScriptEvaluateAsync(
        AppendAndPublish,
        [RedisKeys.EventLog(jobEvent.JobId)],
        [JobJson.Write(jobEvent), KeptEvents, (long)Lifetime.TotalMilliseconds, RedisKeys.Events.ToString()]);

    private static JobEvent Parse(RedisValue message) =>
        JsonSerializer.Deserialize<JobEvent>((string)message!, JobJson.Options) ?? throw new JsonException("An event is null.");
}
