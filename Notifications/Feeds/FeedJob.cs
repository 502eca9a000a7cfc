using Notifications.Streams;
using Queueing;

namespace Notifications.Feeds;

/// <summary>One of a feed's jobs: how far it is told, and the listener that sees to it that nothing of it is missed.</summary>
internal sealed record FeedJob(JobFollower Follower, JobListener Listener);
