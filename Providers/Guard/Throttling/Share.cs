namespace Providers.Guard.Throttling;

/// <summary>
/// The rule for a process that can't ask what the others do: what the fleet is known to have done before is everybody's, and of
/// what that leaves each process takes an equal part. So the parts never add up to more than the limit, whoever used it before.
/// </summary>
/// <param name="limits">The limits of the fleet.</param>
/// <param name="past">What is known of the time before, this process's calls among it.</param>
/// <param name="since">The number of this process's last call before.</param>
internal sealed class Share(ThrottleOptions limits, IReadOnlyList<FleetUse> past, long since)
{
    public const long Never = long.MaxValue;

    /// <summary>Till when the rule holds, by this process's clock.</summary>
    public long Until { get; set; } = Never;

    public bool HasSlot(int running, int fleet) => limits.MaxConcurrent is not { } slots || (running + 1) * (long)fleet <= slots;

    /// <returns>The earliest time from <paramref name="from"/> on at which a call fits; <see cref="Never"/> when it is larger than the share.</returns>
    public (long At, ThrottleLimit Limit) Find(long from, long tokens, int fleet, IEnumerable<OwnCall> calls)
    {
        var span = limits.Timing.Span;
        var own = calls.Where(call => call.Number > since && call.At + span > from).Select(call => new FleetUse(call.At, call.Requests, call.Tokens));
        var before = past.Where(use => use.At + span > from);
        var (ownRequests, ownTokens) = SumOf(own);
        var (pastRequests, pastTokens) = SumOf(before);
        if (Exceeded() is null)
        {
            return (from, default);
        }

        var uses = own.Select(use => (Use: use, IsOwn: true)).Concat(before.Select(use => (Use: use, IsOwn: false))).OrderBy(entry => entry.Use.At);
        var at = from;
        var met = ThrottleLimit.Requests;
        foreach (var (use, isOwn) in uses)
        {
            if (Exceeded() is not { } limit)
            {
                break;
            }

            met = limit;
            at = Math.Max(at, use.At + span);
            (ownRequests, ownTokens) = isOwn ? (ownRequests - use.Requests, ownTokens - use.Tokens) : (ownRequests, ownTokens);
            (pastRequests, pastTokens) = isOwn ? (pastRequests, pastTokens) : (pastRequests - use.Requests, pastTokens - use.Tokens);
        }

        return Exceeded() is { } never ? (Never, never) : (at, met);

        ThrottleLimit? Exceeded() =>
            limits.RequestsPerMinute is { } most && (ownRequests + 1) * fleet > most - pastRequests ? ThrottleLimit.Requests
            : limits.TokensPerMinute is { } mostTokens && (ownTokens + tokens) * fleet > mostTokens - pastTokens ? ThrottleLimit.Tokens
            : null;
    }

    private static (long Requests, long Tokens) SumOf(IEnumerable<FleetUse> uses)
    {
        var (requests, tokens) = (0L, 0L);
        foreach (var use in uses)
        {
            (requests, tokens) = (requests + use.Requests, tokens + use.Tokens);
        }

        return (requests, tokens);
    }
}
