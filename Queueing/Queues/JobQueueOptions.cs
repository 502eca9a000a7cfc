using System.ComponentModel.DataAnnotations;

namespace Queueing;

/// <summary>
/// What holds for one queue. Set by <c>ConfigureJobQueue</c>, and by the configuration section
/// <see cref="SectionName"/>:(queue), which wins. Every process that enqueues or works should be given the same.
/// </summary>
public sealed class JobQueueOptions
{
    /// <summary>The configuration section; each of its sections is a queue's name.</summary>
    public const string SectionName = "JobQueues";

    /// <summary>Jobs of this queue that one worker runs at once, within the worker's own limit. Default: as many as that allows.</summary>
    [Range(1, 10_000)]
    public int? Concurrency { get; set; }

    /// <summary>Jobs of this queue that run at once in the whole fleet. Default: no limit.</summary>
    [Range(1, 1_000_000)]
    public int? MaxRunning { get; set; }

    /// <summary>Jobs of this queue that run at once in the whole fleet for one owner. Default: no limit.</summary>
    [Range(1, 1_000_000)]
    public int? MaxRunningPerOwner { get; set; }

    /// <summary>
    /// Jobs that may wait, due or delayed, before more are refused with <see cref="QueueFullException"/>. Callers that come
    /// at once may pass it by what they bring within a quarter of a second. Default: no limit.
    /// </summary>
    [Range(1, long.MaxValue)]
    public long? MaxDepth { get; set; }

    /// <summary>The largest payload in bytes of JSON; more is refused with <see cref="PayloadTooLargeException"/>. Default: 1 MiB.</summary>
    [Range(2, 256 << 20)]
    public int MaxPayloadBytes { get; set; } = 1 << 20;

    /// <summary>
    /// How long a completed job is kept at least. What is past it goes with its partition, so it may stay for as long again
    /// as a partition spans. Default: 24 hours.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan KeepCompleted { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long a failed or cancelled job is kept at least. Default: 7 days.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan KeepFailed { get; set; } = TimeSpan.FromDays(7);

    internal bool HasCaps => MaxRunning is not null || MaxRunningPerOwner is not null;
}
