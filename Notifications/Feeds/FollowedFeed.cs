using Notifications.Streams;

namespace Notifications.Feeds;

/// <summary>A feed, followed by one client.</summary>
internal sealed class FollowedFeed(CallerFeed feed, Inbox inbox) : IFollowed
{
    public bool IsFinal => false;

    public ValueTask<IReadOnlyList<Heard>> TellAsync(Signals signals, IReadOnlyList<Heard> events, CancellationToken cancellationToken) => new(events);

    public void Dispose() => feed.Leave(inbox);
}
