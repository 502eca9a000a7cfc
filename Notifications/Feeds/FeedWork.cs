using Notifications.Streams;
using Queueing;

namespace Notifications.Feeds;

/// <summary>What a feed does, one after the other.</summary>
internal abstract record FeedWork
{
    private FeedWork()
    {
    }

    /// <summary>An event came in.</summary>
    public sealed record Heard(JobEvent Event) : FeedWork;

    /// <summary>A job changed, and no event told of it.</summary>
    public sealed record Missed(Guid JobId) : FeedWork;

    /// <summary>Time to look for jobs that no event told of.</summary>
    public sealed record Look : FeedWork;

    /// <summary>A client wants to follow, and is answered with what it is told first.</summary>
    public sealed record Join(Inbox Inbox, string? LastId, TaskCompletionSource<IReadOnlyList<Streams.Heard>> Told) : FeedWork;
}
