namespace Providers.Guard.Throttling;

/// <summary>What the fleet is known to have done, for the time when Redis can't be asked any more.</summary>
internal sealed class FleetPast(ThrottleTiming timing)
{
    private FleetUse[] seen = [];
    private long seenNumber;
    private FleetUse total;
    private long totalNumber;
    private long totalHeardAt;
    private long heardAt;

    /// <summary>How many calls that is, but for this process's last ones.</summary>
    public long Requests => seen.Sum(use => use.Requests);

    /// <param name="uses">All that the log has.</param>
    /// <param name="lastNumber">This process's last call before the log was asked.</param>
    /// <param name="now">When that was heard.</param>
    public void Heard(FleetUse[] uses, long lastNumber, long now) => (seen, seenNumber, total, heardAt) = (uses, lastNumber, default, now);

    /// <param name="sums">What the log has in all, and the latest time for which anything is booked.</param>
    /// <param name="lastNumber">This process's last call.</param>
    /// <param name="now">When that was heard.</param>
    public void Booked(FleetUse sums, long lastNumber, long now) => (total, totalNumber, totalHeardAt, heardAt) = (sums, lastNumber, now, now);

    /// <returns>Everything, this process's own calls among it.</returns>
    public IReadOnlyList<FleetUse> Sum(IReadOnlyCollection<OwnCall> calls) => [.. seen, .. OwnUntil(long.MaxValue, calls), LaterOfOthers(calls)];

    /// <summary>
    /// What others are taken to have done since this process last heard of the fleet: it can't ask any more. Twice their pace of the last
    /// window; more than that only a burst in that very time makes.
    /// </summary>
    /// <param name="calls">This process's own.</param>
    /// <param name="now">When it can't ask any more.</param>
    public FleetUse Unheard(IReadOnlyCollection<OwnCall> calls, long now)
    {
        var known = Sum(calls).Where(use => use.At + timing.Span > now).ToList();
        var own = calls.Where(call => call.At + timing.Span > now).ToList();
        var part = 2.0 * (now - heardAt) / timing.Span;
        return new(
            now,
            (long)(part * Math.Max(0, known.Sum(use => use.Requests) - own.Sum(call => call.Requests))),
            (long)(part * Math.Max(0, known.Sum(use => use.Tokens) - own.Sum(call => call.Tokens))));
    }

    private IEnumerable<FleetUse> OwnUntil(long number, IEnumerable<OwnCall> calls) => calls
        .Where(call => call.Number > seenNumber && call.Number <= number)
        .Select(call => new FleetUse(call.At, call.Requests, call.Tokens));

    // What others did since then shows in the sums that came with this process's last booking, but not when. None of it is for a
    // later time than that booking.
    private FleetUse LaterOfOthers(IEnumerable<OwnCall> calls)
    {
        var known = seen.Where(use => use.At + timing.Span > totalHeardAt).Concat(OwnUntil(totalNumber, calls)).ToList();
        return total with
        {
            Requests = Math.Max(0, total.Requests - known.Sum(use => use.Requests)),
            Tokens = Math.Max(0, total.Tokens - known.Sum(use => use.Tokens)),
        };
    }
}
