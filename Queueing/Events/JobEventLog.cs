using System.Buffers;
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

    // One script, so that the logs and the channel have the same events in the same order. A log's lifetime is renewed now
    // and then: most jobs have two or three events, and each command counts.
    private const string AppendAndPublish = """
        local unpack = unpack or table.unpack
        local kept, lifetime, at = tonumber(ARGV[1]), ARGV[2], 5
        for i = 1, #KEYS do
            local events = tonumber(ARGV[at])
            local length = redis.call('RPUSH', KEYS[i], unpack(ARGV, at + 1, at + events))
            at = at + 1 + events
            if length > kept then
                redis.call('LTRIM', KEYS[i], -kept, -1)
            end
            if length == events or length % 16 < events then
                redis.call('PEXPIRE', KEYS[i], lifetime)
            end
        end
        redis.call('PUBLISH', ARGV[3], ARGV[4])
        """;

    // Between the events of one message; JSON has it within strings in an escaped form only.
    private const byte Separator = (byte)'\n';

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly IConnectionMultiplexer? redis;

    internal JobEventLog(IConnectionMultiplexer? redis) => this.redis = redis;

    internal bool IsConfigured => redis is not null;

    internal bool IsReachable => redis is { IsConnected: true };

    /// <summary>Calls <paramref name="handler"/> with each event of any job from now on, in order, one at a time.</summary>
    /// <remarks>After a lost connection it goes on by itself; events sent meanwhile are missed.</remarks>
    /// <param name="handler">Called with each event.</param>
    /// <param name="isWanted">Says whether a job's events are wanted; the others are not even read. Null is all.</param>
    /// <returns>False when Redis can't be reached now: nothing was subscribed.</returns>
    public async Task<bool> TrySubscribeAsync(Action<JobEvent> handler, Func<Guid, bool>? isWanted = null)
    {
        if (!IsReachable)
        {
            return false;
        }

        try
        {
            var messages = await redis!.GetSubscriber().SubscribeAsync(RedisKeys.Events);
            messages.OnMessage(message => Dispatch(message.Message, handler, isWanted));
            return true;
        }
        catch (Exception exception) when (exception is RedisException or RedisTimeoutException or OperationCanceledException)
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
            return [.. entries.Select(entry => Parse(entry))];
        }
        catch (Exception exception) when (exception is RedisException or RedisTimeoutException or OperationCanceledException)
        {
            return [];
        }
    }

    /// <summary>Appends events to their jobs' logs and sends them, in one round trip and one message.</summary>
    internal Task AppendAsync(IReadOnlyList<PendingEvent> events)
    {
        var message = new ArrayBufferWriter<byte>(events.Count * 256);
        var texts = new ReadOnlyMemory<byte>[events.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = JobJson.WriteBytes(events[i]);
            message.Write(texts[i].Span);
            message.Write([Separator]);
        }

        var arguments = new List<RedisValue>((2 * texts.Length) + 4)
        {
            KeptEvents, (long)Lifetime.TotalMilliseconds, RedisKeys.Events.ToString(), message.WrittenMemory,
        };
        var keys = new List<RedisKey>(texts.Length);
        foreach (var job in Enumerable.Range(0, texts.Length).GroupBy(i => events[i].JobId))
        {
            keys.Add(RedisKeys.EventLog(job.Key));
            arguments.Add(job.Count());
            arguments.AddRange(job.Select(i => (RedisValue)texts[i]));
        }

        return redis!.GetDatabase().ScriptEvaluateAsync(AppendAndPublish, [.. keys], [.. arguments]);
    }

    private static void Dispatch(ReadOnlyMemory<byte> message, Action<JobEvent> handler, Func<Guid, bool>? isWanted)
    {
        while (!message.IsEmpty)
        {
            var end = message.Span.IndexOf(Separator);
            var text = end < 0 ? message : message[..end];
            message = end < 0 ? default : message[(end + 1)..];
            if (isWanted is null || isWanted(JobIdOf(text)))
            {
                handler(Parse(text));
            }
        }
    }

    // The id is the first member, so that a process that hears every event of the system reads only its own.
    private static Guid JobIdOf(ReadOnlyMemory<byte> text)
    {
        var reader = new Utf8JsonReader(text.Span);
        return reader.Read() && reader.Read() && reader.ValueTextEquals("jobId"u8) && reader.Read()
            ? reader.GetGuid()
            : throw new JsonException("An event doesn't begin with its job's id.");
    }

    private static JobEvent Parse(ReadOnlyMemory<byte> text) =>
        JsonSerializer.Deserialize<JobEvent>(text.Span, JobJson.Options) ?? throw new JsonException("An event is null.");
}
