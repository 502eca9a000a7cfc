using System.Collections.Concurrent;
using Notifications.Streams;
using Queueing;

namespace Notifications.Feeds;

/// <summary>The feeds that somebody follows, one for an owner, however many clients it has. A feed goes when nobody has come back to it.</summary>
internal sealed class CallerFeeds(JobEventHub hub, JobReader jobs, JobEventLog kept, BacklogReader backlogs, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, CallerFeed> feeds = new();
    private bool disposed;

    /// <param name="owner">Whose jobs; null for everybody's.</param>
    /// <param name="inbox">Gets what happens from then on.</param>
    /// <param name="lastId">The id of the last event that the client has, or null for a new client.</param>
    /// <param name="cancellationToken">The client's connection.</param>
    /// <returns>What the client is told first, and the feed, to be left.</returns>
    public async Task<(IReadOnlyList<Heard> Told, CallerFeed Feed)> JoinAsync(
        string? owner, Inbox inbox, string? lastId, CancellationToken cancellationToken)
    {
        var key = owner is null ? "" : $"owner {owner}";
        while (true)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            var feed = feeds.GetOrAdd(key, _ => new(owner, hub, jobs, kept, backlogs, time));
            if (await feed.JoinAsync(inbox, lastId, cancellationToken) is { } told)
            {
                return (told, feed);
            }

            feeds.TryRemove(new(key, feed));
        }
    }

    public void Dispose()
    {
        disposed = true;
        foreach (var feed in feeds.Values)
        {
            feed.Stop();
        }
    }
}
