using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Queueing;

/// <summary>The names under which the queue reports what it does. They are an interface: dashboards are built on them.</summary>
public static class JobTelemetry
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string Name = "Queueing";

    internal const string JobIdTag = "job.id";
    internal const string JobTypeTag = "job.type";
    internal const string JobQueueTag = "job.queue";
    internal const string JobAttemptTag = "job.attempt";
    internal const string JobOutcomeTag = "job.outcome";

    internal static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    internal static readonly Counter<long> Enqueued = Meter.CreateCounter<long>("jobs.enqueued", "{job}", "Jobs accepted");

    internal static readonly Counter<long> Claimed = Meter.CreateCounter<long>("jobs.claimed", "{job}", "Jobs given to a worker");

    internal static readonly Counter<long> Finished = Meter.CreateCounter<long>("jobs.finished", "{attempt}", "Attempts ended, by outcome");

    internal static readonly Counter<long> Rescued = Meter.CreateCounter<long>("jobs.rescued", "{job}", "Jobs taken back from lost workers");

    internal static readonly Histogram<double> Wait = Meter.CreateHistogram<double>("jobs.wait", "s", "From being due to being claimed");

    internal static readonly Histogram<double> Run = Meter.CreateHistogram<double>("jobs.run", "s", "One attempt, from claim to recorded outcome");

    internal static ActivityContext ParseParent(string? traceParent) =>
        ActivityContext.TryParse(traceParent, null, isRemote: true, out var context) ? context : default;

    internal static Activity? Describe(this Activity? activity, Guid jobId, string type, string queue) =>
        activity?.SetTag(JobIdTag, jobId).SetTag(JobTypeTag, type).SetTag(JobQueueTag, queue);
}
