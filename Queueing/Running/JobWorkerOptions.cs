using System.ComponentModel.DataAnnotations;

namespace Queueing;

/// <summary>How a worker process runs jobs. Read from the configuration section <see cref="SectionName"/>.</summary>
public sealed class JobWorkerOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "JobWorker";

    /// <summary>Jobs that one process runs at once. Default: 8.</summary>
    [Range(1, 10_000)]
    public int Concurrency { get; set; } = 8;

    /// <summary>How often an idle worker looks for jobs by itself, should a wake-up be lost or Redis be away. Default: 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a worker that isn't heard of keeps its jobs. Must be at least three times <see cref="Heartbeat"/>. Default: 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a worker says that it is alive. Default: 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:20:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a worker looks for lost ones and takes back their jobs. Default: 2 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:20:00")]
    public TimeSpan RescueInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long running jobs may go on after a stop was asked for; the rest is handed back untried. Default: 3 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan DrainGrace { get; set; } = TimeSpan.FromSeconds(3);
}
