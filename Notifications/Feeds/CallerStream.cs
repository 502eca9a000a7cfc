using Notifications.Streams;

namespace Notifications.Feeds;

/// <summary>Begins streams of all jobs of a caller.</summary>
internal sealed class CallerStream(CallerFeeds feeds)
{
    /// <param name="stream">The client's connection.</param>
    /// <param name="owner">Whose jobs; null for everybody's.</param>
    /// <param name="lastId">The id of the last event that the client has, or null for a new client.</param>
    /// <param name="cancellationToken">The client's connection.</param>
    public async Task BeginAsync(OpenStream stream, string? owner, string? lastId, CancellationToken cancellationToken)
    {
        var (told, feed) = await feeds.JoinAsync(owner, stream.Inbox, lastId, cancellationToken);
        stream.Followed = new FollowedFeed(feed, stream.Inbox);
        await stream.BeginAsync(told, cancellationToken);
    }
}
