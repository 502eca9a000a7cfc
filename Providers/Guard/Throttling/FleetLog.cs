using StackExchange.Redis;

namespace Providers.Guard.Throttling;

/// <summary>The calls of the whole fleet to one provider, in Redis. Its own clock is the only one that counts there.</summary>
internal sealed class FleetLog(IConnectionMultiplexer redis, ProviderKey provider, ThrottleOptions limits, ProcessClock clock)
{
    private readonly ThrottleTiming timing = limits.Timing;

    // The braces keep both on one server of a cluster.
    private readonly RedisKey[] keys = [$"guard:{{{provider}}}:log", $"guard:{{{provider}}}:slots"];

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
        return new((string)answer[0]!, (long)answer[2], (long)answer[3]);
    }

    public async Task<TellAnswer> TellAsync(Telling telling, bool withUses)
    {
        var sentAt = clock.Now;
        var arguments = new List<RedisValue>
        {
            telling.LogId ?? "", Guid.CreateVersion7().ToString("n"), timing.Span, (long)timing.Slice.TotalMilliseconds,
            (long)timing.Lease.TotalMilliseconds, (long)timing.Lifetime.TotalMilliseconds, withUses ? 1 : 0, telling.Changes.Count,
        };
        foreach (var change in telling.Changes)
        {
            arguments.AddRange([change.Slice, change.Requests, change.Tokens]);
        }

        // Without a limit on them there are no slots to keep.
        var running = limits.MaxConcurrent is null ? [] : telling.Running;
        arguments.AddRange([running.Count, .. running.Select(lease => (RedisValue)lease)]);
        arguments.AddRange([telling.Ended.Count, .. telling.Ended.Select(lease => (RedisValue)lease)]);
        var answer = await AskAsync(GuardScripts.Tell, [.. arguments], TellPatience);
        Clock.Heard((long)answer[0], sentAt);
        return new((string)answer[1]!, (long)answer[2], (long)answer[3] == 1, withUses ? UsesOf((RedisValue[])answer[4]!) : null);
    }

    private async Task<RedisResult[]> AskAsync(string script, RedisValue[] arguments, TimeSpan patience)
    {
        var answer = await redis.GetDatabase().ScriptEvaluateAsync(script, keys, arguments).WaitAsync(patience, clock.Time);
        return (RedisResult[])answer!;
    }

    // Fields of the log: r<slice> and t<slice>, and some that are no slices.
    private FleetUse[] UsesOf(RedisValue[] fields)
    {
        var requests = new Dictionary<long, long>();
        var tokens = new Dictionary<long, long>();
        for (var i = 0; i < fields.Length; i += 2)
        {
            var name = fields[i].ToString();
            if (name.Length > 1 && long.TryParse(name.AsSpan(1), out var slice))
            {
                (name[0] == 'r' ? requests : tokens)[slice] = (long)fields[i + 1];
            }
        }

        return [.. requests.Select(entry => new FleetUse(Clock.EndOf(entry.Key), entry.Value, tokens.GetValueOrDefault(entry.Key)))];
    }
}
