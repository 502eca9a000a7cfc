using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Queueing;
using ServiceDefaults;

namespace Api.Jobs;

/// <summary>Jobs by the name of their queue, for clients that know them as BullMQ's: its five states, and its names of the fields.</summary>
internal static class QueueJobs
{
    private const string Cancelled = "The job was cancelled.";

    public static async Task<Results<Ok<QueueJob>, NotFound>> GetAsync(
        string queueName, Guid jobId, ClaimsPrincipal caller, JobReader jobs, CancellationToken cancellationToken) =>
        await jobs.FindAsync(jobId, cancellationToken) is { } status && status.Queue == queueName && caller.MayRead(status.Owner)
            ? TypedResults.Ok(ViewOf(status))
            : TypedResults.NotFound();

    public static async Task<Results<Ok<JobStatus>, Accepted<JobStatus>, NotFound, ProblemHttpResult>> CancelAsync(
        string queueName, Guid jobId, ClaimsPrincipal caller, JobReader jobs, JobControl control, CancellationToken cancellationToken) =>
        await jobs.FindAsync(jobId, cancellationToken) is { } status && status.Queue == queueName
            ? await JobSteering.CancelAsync(jobId, caller, jobs, control, cancellationToken)
            : TypedResults.NotFound();

    private static QueueJob ViewOf(JobStatus status) => new(
        status.JobId,
        status.Status == JobState.Cancelled ? JobState.Failed : status.Status,
        status.Progress,
        status.Status == JobState.Cancelled ? Cancelled : status.Error?.Message,
        status.Result,
        status.Attempt);
}

/// <summary>A job as BullMQ shows it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="State">"waiting", "delayed", "active", "completed" or "failed".</param>
/// <param name="Progress">0 to 100.</param>
/// <param name="FailedReason">Why it failed, or null.</param>
/// <param name="ReturnValue">Its result, or null.</param>
/// <param name="AttemptsMade">How many attempts were begun.</param>
internal sealed record QueueJob(Guid Id, string State, int Progress, string? FailedReason, JsonElement? ReturnValue, int AttemptsMade);
