using System.ComponentModel.DataAnnotations;

namespace Queueing;

/// <summary>How finished jobs go. Read from the configuration section <see cref="SectionName"/>; how long each queue's are kept is in <see cref="JobQueueOptions"/>.</summary>
public sealed class JobRetentionOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "JobRetention";

    /// <summary>
    /// The time that one partition spans. Jobs go by whole partitions, so they may stay this much longer than they must; a
    /// shorter span makes more partitions. Partitions that exist keep theirs. Default: 6 hours.
    /// </summary>
    [Range(typeof(TimeSpan), "00:10:00", "31.00:00:00")]
    public TimeSpan Partition { get; set; } = TimeSpan.FromHours(6);

    /// <summary>
    /// A partition is dropped when no more than this many of its jobs must be kept; those move to the default partition, and are
    /// deleted by row when their time has come. Default: 10,000.
    /// </summary>
    [Range(0, 1_000_000)]
    public int MostMoved { get; set; } = 10_000;
}
