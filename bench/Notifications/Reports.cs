using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Queueing;

namespace Bench.Notifications;

/// <summary>Jobs that run as long as the benchmark and report progress when they are asked to.</summary>
public sealed class Reports
{
    private readonly ConcurrentDictionary<Guid, JobContext> running = new();

    public int Running => running.Count;

    /// <summary>Commits a report of one job, with the time at which it was made.</summary>
    public Task ReportAsync(Guid jobId) =>
        running[jobId].ReportProgressAsync(50, Stopwatch.GetTimestamp().ToString(CultureInfo.InvariantCulture));

    public sealed record Args;

    public sealed class Handler(Reports reports) : IJobHandler<Args>
    {
        public async Task<JobOutcome> HandleAsync(Args args, JobContext context, CancellationToken workToken)
        {
            reports.running[context.JobId] = context;
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, workToken);
            return new JobOutcome.Completed();
        }
    }
}
