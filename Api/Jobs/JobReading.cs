using System.Globalization;
using System.Security.Claims;
using Features.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Queueing;
using ServiceDefaults;

namespace Api.Jobs;

/// <summary>How a job stands.</summary>
internal static class JobReading
{
    public static async Task<Results<Ok<JobStatus>, StatusCodeHttpResult, NotFound, ValidationProblem>> GetAsync(
        Guid jobId, string? wait, ClaimsPrincipal caller, HttpContext context, JobReader jobs, JobWaiter waiter, JobTypes types)
    {
        var seconds = 0;
        if (wait is not null && (!int.TryParse(wait, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) || seconds > EnqueueRequest.LongestWaitSeconds))
        {
            return TypedResults.ValidationProblem(new Dictionary<string, string[]>
            {
                [nameof(wait)] = [$"Expected a whole number of seconds from 0 to {EnqueueRequest.LongestWaitSeconds}."],
            });
        }

        // A job of somebody else doesn't exist for the caller.
        var status = await jobs.FindAsync(jobId, context.RequestAborted);
        if (status is null || !caller.MayRead(status.Owner))
        {
            return TypedResults.NotFound();
        }

        // A client that has another version is told at once; the rest wait for a new one.
        var known = context.Request.GetTypedHeaders().IfNoneMatch;
        if (seconds > 0 && !status.IsFinal && (known.Count == 0 || IsKnown(status, known)))
        {
            status = await waiter.UntilChangedAsync(jobId, status.Seq, TimeSpan.FromSeconds(seconds), context.RequestAborted);
            if (status is null)
            {
                return TypedResults.NotFound();
            }
        }

        var headers = context.Response.GetTypedHeaders();
        headers.ETag = TagOf(status);
        headers.CacheControl = new() { NoCache = true, Private = true };
        if (!status.IsFinal)
        {
            var pause = types.Find(status.Type)?.Options.PollInterval ?? new JobTypeOptions().PollInterval;
            context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(pause.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return IsKnown(status, known) ? TypedResults.StatusCode(StatusCodes.Status304NotModified) : TypedResults.Ok(status);
    }

    // The state stands in the tag beside the seq, for a delayed job begins to wait without an event.
    private static EntityTagHeaderValue TagOf(JobStatus status) => new($"\"{status.Seq}-{status.Status}\"");

    private static bool IsKnown(JobStatus status, IList<EntityTagHeaderValue> known) =>
        known.Any(tag => tag.Compare(TagOf(status), useStrongComparison: false) || tag == EntityTagHeaderValue.Any);
}
