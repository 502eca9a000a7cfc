using System.Collections.Concurrent;

namespace Queueing.Store;

/// <summary>
/// Where each queue was served a moment ago, for the rank of new jobs. Looking for it walks over the rows of finished
/// jobs, which a long transaction elsewhere may keep by the thousand; a quarter of a second later the answer still serves:
/// a start that is a little early favours new lanes by as much.
/// </summary>
internal sealed class QueueHeads(TimeProvider time)
{
    private static readonly TimeSpan Trusted = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<string, (long Start, long SeenAt)> heads = new(StringComparer.Ordinal);

    /// <returns>Null when it has to be looked for.</returns>
    public long? Of(string queue) =>
        heads.TryGetValue(queue, out var head) && time.GetElapsedTime(head.SeenAt) < Trusted ? head.Start : null;

    public void Found(string queue, long start) => heads[queue] = (start, time.GetTimestamp());
}
