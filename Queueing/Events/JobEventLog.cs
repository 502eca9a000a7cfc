using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Queueing.Events;
using StackExchange.Redis;

namespace Queueing;

/// <summary>
/// The events of jobs in Redis: sent to whoever listens. Progress (the last 256 reports of a job) and text (the last MiB) are kept
/// for an hour for those who come late; changes of state are not, for the database has them. An accelerator: what is lost
/// here can be read from the job's status, but for the text, whose loss shows.
/// </summary>
public sealed class JobEventLog
{
    private const int KeptReports = 256;
    private const int KeptTextBytes = 1 << 20;

    // One script, so that what is kept and what is sent are the same, in the same order. KEYS are lists of progress, then
    // texts. A text begins with a line "claim length bytes": of which attempt it is, and how much of it came before. What
    // doesn't continue the text that is there begins it anew.
    private const string KeepAndPublish = """
        local unpack = unpack or table.unpack
        local channel, message, lifetime, reports, most, lists, at = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), 7
        for i = 1, lists do
            local count = tonumber(ARGV[at])
            if redis.call('RPUSH', KEYS[i], unpack(ARGV, at + 1, at + count)) > reports then
                redis.call('LTRIM', KEYS[i], -reports, -1)
            end
            redis.call('PEXPIRE', KEYS[i], lifetime)
            at = at + 1 + count
        end
        for i = lists + 1, #KEYS do
            local claim, start, length, text = ARGV[at], tonumber(ARGV[at + 1]), ARGV[at + 2], ARGV[at + 3]
            local line = string.match(redis.call('GETRANGE', KEYS[i], 0, 63), '^[^\n]*\n')
            local goesOn = false
            if line then
                local ownClaim, ownStart = string.match(line, '^(%d+) %d+ (%d+)')
                local size = redis.call('STRLEN', KEYS[i]) - #line
                goesOn = ownClaim == claim and tonumber(ownStart) + size == start and size < most
            end
            if goesOn then
                redis.call('APPEND', KEYS[i], text)
            else
                redis.call('SET', KEYS[i], claim .. ' ' .. length .. ' ' .. ARGV[at + 1] .. '\n' .. text)
            end
            redis.call('PEXPIRE', KEYS[i], lifetime)
            at = at + 4
        end
        redis.call('PUBLISH', channel, message)
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
    /// <param name="isWanted">Says whether the events of a job of an owner are wanted; the others are not even read. Null is all.</param>
    /// <returns>False when Redis can't be reached now: nothing was subscribed.</returns>
    public async Task<bool> TrySubscribeAsync(Action<JobEvent> handler, Func<Guid, string, bool>? isWanted = null)
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
        catch (Exception exception) when (RedisFailure.Is(exception))
        {
            return false;
        }
    }

    /// <returns>What is kept of a job; nothing when Redis is away.</returns>
    public async Task<KeptEvents> ReadAsync(Guid jobId)
    {
        if (!IsReachable)
        {
            return KeptEvents.None;
        }

        try
        {
            // In this order: no report is later than the text.
            var progress = redis!.GetDatabase().ListRangeAsync(RedisKeys.Progress(jobId));
            var text = redis.GetDatabase().StringGetAsync(RedisKeys.Text(jobId));
            return new([.. (await progress).Select(entry => Parse(entry))], ParseText(await text));
        }
        catch (Exception exception) when (RedisFailure.Is(exception))
        {
            return KeptEvents.None;
        }
    }

    /// <summary>Sends events, and keeps what is to be kept of them, in one round trip and one message.</summary>
    internal Task SendAsync(IReadOnlyList<PendingEvent> events)
    {
        var message = new ArrayBufferWriter<byte>(events.Count * 256);
        var documents = new ReadOnlyMemory<byte>[events.Count];
        for (var i = 0; i < documents.Length; i++)
        {
            documents[i] = JobJson.WriteBytes(events[i]);
            message.Write(documents[i].Span);
            message.Write([Separator]);
        }

        // Most jobs only begin and end.
        return events.Any(jobEvent => jobEvent.Piece is not null || jobEvent.Name == JobEventName.Progress)
            ? KeepAndPublishAsync(events, documents, message.WrittenMemory)
            : redis!.GetDatabase().PublishAsync(RedisKeys.Events, message.WrittenMemory);
    }

    private Task<RedisResult> KeepAndPublishAsync(IReadOnlyList<PendingEvent> events, ReadOnlyMemory<byte>[] documents, ReadOnlyMemory<byte> message)
    {
        var reports = Enumerable.Range(0, events.Count).Where(i => events[i].Name == JobEventName.Progress).GroupBy(i => events[i].JobId).ToList();
        var arguments = new List<RedisValue>
        {
            RedisKeys.Events.ToString(), message, (long)Lifetime.TotalMilliseconds, KeptReports, KeptTextBytes, reports.Count,
        };
        var keys = new List<RedisKey>();
        foreach (var job in reports)
        {
            keys.Add(RedisKeys.Progress(job.Key));
            arguments.Add(job.Count());
            arguments.AddRange(job.Select(i => (RedisValue)documents[i]));
        }

        foreach (var jobEvent in events)
        {
            if (jobEvent.Piece is { } piece)
            {
                keys.Add(RedisKeys.Text(jobEvent.JobId));
                arguments.AddRange([piece.Claim, piece.Start.Bytes, piece.Start.Length, piece.Text]);
            }
        }

        return redis!.GetDatabase().ScriptEvaluateAsync(KeepAndPublish, [.. keys], [.. arguments]);
    }

    private static KeptText? ParseText(string? kept)
    {
        if (kept?.IndexOf('\n', StringComparison.Ordinal) is not (> 0 and var end))
        {
            return null;
        }

        var line = kept[..end].Split(' ');
        return new(
            long.Parse(line[0], CultureInfo.InvariantCulture), int.Parse(line[1], CultureInfo.InvariantCulture), kept[(end + 1)..]);
    }

    private static void Dispatch(ReadOnlyMemory<byte> message, Action<JobEvent> handler, Func<Guid, string, bool>? isWanted)
    {
        while (!message.IsEmpty)
        {
            var end = message.Span.IndexOf(Separator);
            var text = end < 0 ? message : message[..end];
            message = end < 0 ? default : message[(end + 1)..];
            if (isWanted is null || IsWanted(text, isWanted))
            {
                handler(Parse(text));
            }
        }
    }

    // The id and the owner are the first members, so that a process that hears every event of the system reads only its own.
    private static bool IsWanted(ReadOnlyMemory<byte> text, Func<Guid, string, bool> isWanted)
    {
        var reader = new Utf8JsonReader(text.Span);
        return reader.Read() && reader.Read() && reader.ValueTextEquals("jobId"u8) && reader.Read() && reader.TryGetGuid(out var jobId)
            && reader.Read() && reader.ValueTextEquals("owner"u8) && reader.Read() && reader.GetString() is { } owner
                ? isWanted(jobId, owner)
                : throw new JsonException("An event doesn't begin with its job's id and owner.");
    }

    private static JobEvent Parse(ReadOnlyMemory<byte> text) =>
        JsonSerializer.Deserialize<JobEvent>(text.Span, JobJson.Options) ?? throw new JsonException("An event is null.");
}
