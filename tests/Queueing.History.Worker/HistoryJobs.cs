using Microsoft.Extensions.Hosting;

namespace Queueing.History.Worker;

/// <summary>The history's jobs and queues: the same for those who enqueue and those who work.</summary>
internal static class HistoryJobs
{
    public const string OpenQueue = "open";
    public const string CappedQueue = "capped";
    public const string FollowUpSuffix = "+";
    public const string ContinuationSuffix = "~";
    public const int MaxAttempts = 4;
    public const int MaxRunning = 6;
    public const int MaxRunningPerOwner = 3;

    private const int MaxDepth = 120;

    public static void AddHistoryJobs(this IHostApplicationBuilder builder)
    {
        builder.AddJobQueue("jobs");
        builder.AddJob<OpenAssignment, AssignmentHandler<OpenAssignment>>("open", options => Configure(options, OpenQueue));
        builder.AddJob<CappedAssignment, AssignmentHandler<CappedAssignment>>("capped", options => Configure(options, CappedQueue));
        builder.ConfigureJobQueue(CappedQueue, options =>
        {
            options.MaxRunning = MaxRunning;
            options.MaxRunningPerOwner = MaxRunningPerOwner;
            options.MaxDepth = MaxDepth;
        });
    }

    /// <summary>The job that follows another's end, when its producer asks for one.</summary>
    public static OpenAssignment ContinuationOf(Guid jobId) => new(jobId + ContinuationSuffix, Script.Quick, Seed: 0, jobId);

    private static void Configure(JobTypeOptions options, string queue)
    {
        options.Queue = queue;
        options.MaxAttempts = MaxAttempts;
        options.Timeout = TimeSpan.FromMinutes(1);
        options.Backoff = Backoff.Exponential(TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(800));
    }
}
