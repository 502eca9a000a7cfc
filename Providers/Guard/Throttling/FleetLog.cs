using StackExchange.Redis;

namespace Providers.Guard.Throttling;

/// <summary>The calls of the whole fleet to one provider, in Redis. Its own clock is the only one that counts there.</summary>
internal sealed class FleetLog(IConnectionMultiplexer redis, ProviderKey provider, ThrottleOptions limits, ProcessClock clock)
{
    private readonly ThrottleTiming timing = limits.Timing;

    // The braces keep both on one server of a cluster.
    private readonly RedisKey[] keys = [$"guard:{{{provider}}}:log", $"guard:{{{provider}}}:slots"];

    private string? seenLog;
    private long seenAt;
    private List<(long Slice, long Requests, long Tokens)> seen = [];

    public FleetClock Clock { get; } = new(limits.Timing);

    // No caller waits for it longer than for a booking.
    private TimeSpan TellPatience => timing.RedisTimeout * 4;

    /// <summary>Books a call in one round trip.</summary>
    /// <remarks>Redis does nothing with a question that comes to it after we have given up: it may have lain in a buffer.</remarks>
    public async Task<ReserveAnswer> ReserveAsync(string logId, string lease, long tokens, long longest, long shortest, bool isLast, double slotPace)
    {
        var sentAt = clock.Now;
        var deadline = Clock.IsKnown ? Clock.ToRedis(sentAt) + (long)timing.RedisTimeout.TotalMilliseconds : 0;
        var answer = await AskAsync(
            GuardScripts.Reserve,
            [
                logId, deadline, timing.Span, (long)timing.Slice.TotalMilliseconds,
                limits.RequestsPerMinute ?? 0, limits.TokensPerMinute ?? 0, limits.MaxConcurrent ?? 0,
                tokens, longest, shortest, lease, (long)timing.Lease.TotalMilliseconds, isLast ? 1 : 0, slotPace, timing.FurthestPromise,
            ],
            timing.RedisTimeout);
        Clock.Heard((long)answer[1], sentAt);
        return (string)answer[0]! is "booked"
            ? new("booked", (long)answer[2], (long)answer[3], (long)answer[4], (long)answer[5])
            : new((string)answer[0]!, (long)answer[2]);
    }

    public async Task<TellAnswer> TellAsync(Telling telling, bool withUses)
    {
        var sentAt = clock.Now;
        var arguments = new List<RedisValue>
        {
            telling.LogId ?? "", Guid.CreateVersion7().ToString("n"), timing.Span, (long)timing.Slice.TotalMilliseconds,
            (long)timing.Lease.TotalMilliseconds, (long)timing.Lifetime.TotalMilliseconds, withUses ? FirstOf(telling.LogId) : 0, telling.Changes.Count,
        };
        foreach (var change in telling.Changes)
        {
            arguments.AddRange([change.Slice, change.Requests, change.Tokens]);
        }

        // Without a limit on them there are no slots to keep.
        var running = limits.MaxConcurrent is null ? [] : telling.Running;
        arguments.AddRange([running.Count, .. running.Select(lease => (RedisValue)lease)]);
        arguments.AddRange([telling.Ended.Count, .. telling.Ended.Select(lease => (RedisValue)lease)]);
        var answer = await AskAsync(GuardScripts.Tell, [.. arguments], telling.LogId is null ? timing.FirstContact : TellPatience);
        Clock.Heard((long)answer[0], sentAt);
        var logId = (string)answer[1]!;
        return new(logId, (long)answer[2], (long)answer[3] == 1, withUses ? UsesOf(logId, sentAt, (long)answer[4], (RedisValue[])answer[5]!) : null);
    }

    private long FirstOf(string? logId) =>
        logId is not null && logId == seenLog ? Clock.SliceOf(seenAt - (2 * (long)timing.Beat.TotalMilliseconds)) : 1;

    private async Task<RedisResult[]> AskAsync(string script, RedisValue[] arguments, TimeSpan patience)
    {
        var answer = await redis.GetDatabase().ScriptEvaluateAsync(script, keys, arguments).WaitAsync(patience, clock.Time);
        return (RedisResult[])answer!;
    }

    // Only what may have changed since the last time is asked for: what was settled in the meantime was less than booked.
    private FleetUse[] UsesOf(string logId, long sentAt, long from, RedisValue[] counts)
    {
        var old = logId == seenLog ? seen.Where(use => use.Slice < from && Clock.EndOf(use.Slice) + timing.Span > clock.Now) : [];
        (seenLog, seenAt, seen) = (logId, sentAt,
        [
            .. old,
            .. Enumerable.Range(0, counts.Length / 2)
                .Select(i => (Slice: from + i, Requests: (long)counts[2 * i], Tokens: (long)counts[(2 * i) + 1]))
                .Where(use => use.Requests != 0 || use.Tokens != 0),
        ]);
        return [.. seen.Select(use => new FleetUse(Clock.EndOf(use.Slice), use.Requests, use.Tokens))];
    }
}
