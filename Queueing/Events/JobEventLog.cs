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
        for i = 1, #KEYS do
            local event = ARGV[i + 3]
            redis.call('RPUSH', KEYS[i], event)
            redis.call('LTRIM', KEYS[i], -tonumber(ARGV[1]), -1)
            redis.call('PEXPIRE', KEYS[i], ARGV[2])
            redis.call('PUBLISH', ARGV[3], event)
        end
        """;

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly IConnectionMultiplexer? redis;

    internal JobEventLog(IConnectionMultiplexer? redis) => this.redis = redis;

    internal bool IsConfigured => redis is not null;

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

    /// <summary>Appends events to their jobs' logs and sends them, in one round trip.</summary>
    internal Task AppendAsync(IReadOnlyList<PendingEvent> events) => redis!.GetDatabase().ScriptEvaluateAsync(
        AppendAndPublish,
        [.. events.Select(pending => RedisKeys.EventLog(pending.JobId))],
        [KeptEvents, (long)Lifetime.TotalMilliseconds, RedisKeys.Events.ToString(), .. events.Select(pending => (RedisValue)JobJson.WriteBytes(pending))]);

    private static JobEvent Parse(RedisValue message) =>
        JsonSerializer.Deserialize<JobEvent>((string)message!, JobJson.Options) ?? throw new JsonException("An event is null.");
}
