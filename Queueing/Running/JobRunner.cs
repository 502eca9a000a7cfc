using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Queueing.Store;

namespace Queueing.Running;

/// <summary>Carries one attempt from claim to recorded outcome.</summary>
internal sealed partial class JobRunner(
    AttemptHandler handler, AttemptRecorder recorder, JobEvents events, TimeProvider time, ILogger<JobRunner> logger)
{
    /// <summary>Runs the handler.</summary>
    /// <param name="attempt">The claimed job.</param>
    /// <param name="claimedAt">When the claim was sent, for the trace.</param>
    /// <param name="giveUp">Fires at the end of a stop's grace: an outcome that can't be recorded then is left.</param>
    /// <returns>When the handler has ended: the recording of its outcome, which is under way.</returns>
    public async Task<Task> HandleAsync(Attempt attempt, DateTimeOffset claimedAt, CancellationToken giveUp)
    {
        var activity = StartActivity(attempt.Job, claimedAt);
        var began = time.GetTimestamp();
        if (attempt.Interruption == Interruption.None)
        {
            events.Began(attempt.Job);
        }

        var result = await handler.HandleAsync(attempt);
        activity?.AddEvent(new("handled"));
        return RecordAsync(attempt, result, activity, began, giveUp);
    }

    private async Task RecordAsync(Attempt attempt, AttemptResult result, Activity? activity, long began, CancellationToken giveUp)
    {
        using var ending = activity;
        var job = attempt.Job;
        var outcome = await recorder.RecordAsync(attempt, result, giveUp);

        var elapsed = time.GetElapsedTime(began);
        activity?.SetTag(JobTelemetry.JobOutcomeTag, outcome);
        if (result is AttemptResult.Failed failed)
        {
            activity?.SetStatus(ActivityStatusCode.Error, failed.Error.Type);
            LogFailed(job.Id, job.Type, job.Attempt, job.MaxAttempts, failed.Error.Type, outcome);
        }
        else
        {
            LogEnded(job.Id, job.Type, job.Attempt, outcome, elapsed);
        }

        TagList tags = new() { { JobTelemetry.JobTypeTag, job.Type }, { JobTelemetry.JobOutcomeTag, outcome } };
        JobTelemetry.Finished.Add(1, tags);
        JobTelemetry.Run.Record(elapsed.TotalSeconds, tags);
    }

    // The claim is one statement for many jobs; each job's trace shows it as a span of its own.
    private static Activity? StartActivity(ClaimedJob job, DateTimeOffset claimedAt)
    {
        TagList tags = new() { { JobTelemetry.JobTypeTag, job.Type } };
        JobTelemetry.Claimed.Add(1, tags);
        JobTelemetry.Wait.Record(Math.Max(0, job.Waited.TotalSeconds), tags);
        if (!JobTelemetry.Source.HasListeners())
        {
            return null;
        }

        var parent = JobTelemetry.ParseParent(job.TraceParent);
        using (var claim = JobTelemetry.Source.StartActivity($"claim {job.Queue}", ActivityKind.Consumer, parent, startTime: claimedAt))
        {
            claim.Describe(job.Id, job.Type, job.Queue);
            parent = claim?.Context ?? parent;
        }

        return JobTelemetry.Source.StartActivity($"process {job.Type}", ActivityKind.Consumer, parent)
            .Describe(job.Id, job.Type, job.Queue)
            ?.SetTag(JobTelemetry.JobAttemptTag, (int)job.Attempt);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} ({Type}), attempt {Attempt}: {Outcome} after {Elapsed}")]
    private partial void LogEnded(Guid jobId, string type, int attempt, string outcome, TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} ({Type}), attempt {Attempt} of {MaxAttempts} failed with {Error}: {Outcome}")]
    private partial void LogFailed(Guid jobId, string type, int attempt, int maxAttempts, string error, string outcome);
}
