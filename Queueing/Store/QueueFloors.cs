using System.Collections.Concurrent;

namespace Queueing.Store;

/// <summary>
/// The rank below which a queue had no waiting job a moment ago, so that a statement need not walk over the rows of
/// finished jobs that a long transaction elsewhere keeps in the index.
/// </summary>
/// <remarks>
/// A hint, and trusted for a second only: after that one look starts from the very beginning. A job that comes in below
/// the floor says so with its wake-up, or is found by that look. The slack covers transactions that commit later than
/// others that took their time after them.
/// </remarks>
internal sealed class QueueFloors(TimeProvider time)
{
    private const long SlackMicroseconds = 1_000_000;

    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Floor> floors = new(StringComparer.Ordinal);

    /// <returns>Where to begin to look.</returns>
    public long Of(string queue) =>
        floors.TryGetValue(queue, out var floor) && time.GetElapsedTime(floor.SetAt) < Trusted ? floor.Rank : long.MinValue;

    /// <summary>A look from <paramref name="from"/> on found <paramref name="rank"/> to be the lowest.</summary>
    public void Found(string queue, long from, long rank)
    {
        // Only a look from the beginning renews the trust.
        var setAt = from == long.MinValue ? time.GetTimestamp() : floors.GetValueOrDefault(queue).SetAt;
        floors[queue] = new(rank - SlackMicroseconds, setAt);
    }

    /// <summary>A job came in with <paramref name="rank"/>.</summary>
    public void Lower(string queue, long rank)
    {
        if (floors.TryGetValue(queue, out var floor) && rank < floor.Rank)
        {
            floors.TryUpdate(queue, floor with { Rank = rank }, floor);
        }
    }

    /// <summary>The next look starts from the beginning.</summary>
    public void Forget(string queue) => floors.TryRemove(queue, out _);

    private readonly record struct Floor(long Rank, long SetAt);
}
