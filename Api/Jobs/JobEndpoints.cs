using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Queueing;
using ServiceDefaults;

namespace Api.Jobs;

/// <summary>How a job stands.</summary>
internal static class JobEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>GET /api/job-status/{jobId}</c> and its twin <c>GET /api/jobs/{jobId}</c>.</summary>
        public void MapJobs()
        {
            var jobs = routes.MapGroup("/api").RequireAuthorization(SignInExtensions.Reader).WithTags("Jobs");
            jobs.MapGet("/job-status/{jobId:guid}", GetAsync);
            jobs.MapGet("/jobs/{jobId:guid}", GetAsync);
        }
    }

    private static async Task<Results<Ok<JobStatus>, StatusCodeHttpResult, NotFound>> GetAsync(
        Guid jobId, ClaimsPrincipal caller, HttpContext context, JobReader jobs, JobTypes types, CancellationToken cancellationToken)
    {
        // A job of somebody else doesn't exist for the caller.
        if (await jobs.FindAsync(jobId, cancellationToken) is not { } status || !caller.MayRead(status.Owner))
        {
            return TypedResults.NotFound();
        }

        var tag = new EntityTagHeaderValue($"\"{status.Seq}\"");
        var headers = context.Response.GetTypedHeaders();
        headers.ETag = tag;
        headers.CacheControl = new() { NoCache = true, Private = true };
        if (!status.IsFinal)
        {
            var wait = types.Find(status.Type)?.Options.PollInterval ?? new JobTypeOptions().PollInterval;
            context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString();
        }

        return context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false) || known == EntityTagHeaderValue.Any)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Ok(status);
    }
}
