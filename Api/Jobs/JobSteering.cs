using System.Security.Claims;
using Features.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;
using Queueing;
using ServiceDefaults;

namespace Api.Jobs;

/// <summary>What can be done to a job that exists.</summary>
internal static class JobSteering
{
    /// <summary>Calls a job off: 200 when it waited, 202 when its worker is asked to end it.</summary>
    public static async Task<Results<Ok<JobStatus>, Accepted<JobStatus>, NotFound, ProblemHttpResult>> CancelAsync(
        Guid jobId, ClaimsPrincipal caller, JobReader jobs, JobControl control, CancellationToken cancellationToken)
    {
        if (await jobs.FindAsync(jobId, cancellationToken) is not { } before || !caller.MayRead(before.Owner))
        {
            return TypedResults.NotFound();
        }

        var answer = await control.CancelAsync(jobId, cancellationToken);
        var status = await jobs.FindAsync(jobId, cancellationToken) ?? before;
        return answer switch
        {
            CancelAnswer.Cancelled => TypedResults.Ok(status),
            CancelAnswer.Asked => TypedResults.Accepted($"/api/job-status/{jobId}", status),
            _ => Conflict("/problems/job-finished", $"The job has already ended: {status.Status}."),
        };
    }

    /// <summary>Lets a failed or cancelled job run again, from its first attempt.</summary>
    public static async Task<Results<JobAccepted, NotFound, ProblemHttpResult>> RetryAsync(
        Guid jobId, JobReader jobs, JobControl control, JobReceipts receipts, CancellationToken cancellationToken)
    {
        if (await jobs.FindAsync(jobId, cancellationToken) is not { } status)
        {
            return TypedResults.NotFound();
        }

        return await control.TryRedriveAsync(jobId, cancellationToken)
            ? receipts.Accepted(jobId)
            : Conflict("/problems/job-not-failed", $"Only a failed or cancelled job can be run again; this one is {status.Status}.");
    }

    private static ProblemHttpResult Conflict(string type, string detail) =>
        TypedResults.Problem(detail, statusCode: StatusCodes.Status409Conflict, type: type);
}
