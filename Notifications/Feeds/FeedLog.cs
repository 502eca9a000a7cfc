using System.Globalization;
using System.Security.Cryptography;
using Notifications.Streams;
using Queueing;

namespace Notifications.Feeds;

/// <summary>A feed's last events, numbered, for clients that come back. The numbers are this process's; another's ids are unknown here.</summary>
internal sealed class FeedLog
{
    private const int Kept = 2000;

    private readonly string epoch = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4));
    private readonly Queue<Heard> events = new();
    private long newest;

    /// <summary>The id of the newest event.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{epoch}-{newest}");

    /// <summary>The id of what a client is told first, but for the last of it: nothing follows it.</summary>
    public string IdOfOpening => $"{Id}-opening";

    public Heard Add(JobEvent jobEvent)
    {
        newest++;
        var added = new Heard(jobEvent, Id);
        events.Enqueue(added);
        if (events.Count > Kept)
        {
            events.Dequeue();
        }

        return added;
    }

    /// <returns>What came after an id; null when that isn't known any more, or the id is another's.</returns>
    public IReadOnlyList<Heard>? After(string id) =>
        id.StartsWith(epoch + "-", StringComparison.Ordinal)
        && long.TryParse(id.AsSpan(epoch.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number <= newest && newest - number <= events.Count
            ? [.. events.Skip(events.Count - (int)(newest - number))]
            : null;
}
