using StackExchange.Redis;

namespace Queueing.Events;

/// <summary>Every name that the queue uses in Redis.</summary>
internal static class RedisKeys
{
    /// <summary>Channel: the lowest rank among a queue's new jobs, a space, and the queue.</summary>
    public static readonly RedisChannel WakeUp = RedisChannel.Literal("jobs:wake");

    /// <summary>Channel: a running job that somebody called off.</summary>
    public static readonly RedisChannel Cancel = RedisChannel.Literal("jobs:cancel");

    /// <summary>Channel: every job event, as lines of JSON.</summary>
    public static readonly RedisChannel Events = RedisChannel.Literal("jobs:events");

    /// <summary>List: the last reports of one job's progress, as JSON, oldest first.</summary>
    public static RedisKey Progress(Guid jobId) => $"jobs:{jobId:n}:progress";

    /// <summary>String: the text that one job's newest attempt writes, after a line that says where it begins.</summary>
    public static RedisKey Text(Guid jobId) => $"jobs:{jobId:n}:text";
}
