using Features.Jobs;
using Microsoft.AspNetCore.Http.HttpResults;
using Queueing;

namespace Api.Jobs;

/// <summary>Creates jobs of any type, by its name.</summary>
internal static class JobCreation
{
    public static async Task<Results<JobAccepted, Ok<JobStatus>, ValidationProblem, ProblemHttpResult>> CreateAsync(
        string type, EnqueueRequest request, HttpContext context, JobTypes types, PayloadReader payloads)
    {
        if (Refuse(type, context, types, out var known) is { } refusal)
        {
            return refusal;
        }

        var (payload, errors) = await payloads.ReadAsync(known, context.Request.BodyReader);
        return payload is null ? TypedResults.ValidationProblem(errors!) : await request.AcceptAsync(known, payload);
    }

    public static async Task<Results<Accepted<JobReceipt[]>, ValidationProblem, ProblemHttpResult>> CreateAllAsync(
        string type, EnqueueRequest request, HttpContext context, JobTypes types, PayloadReader payloads)
    {
        if (Refuse(type, context, types, out var known) is { } refusal)
        {
            return refusal;
        }

        var (batch, errors) = await payloads.ReadAllAsync(known, context.Request.BodyReader);
        return batch is null ? TypedResults.ValidationProblem(errors!) : await request.AcceptAllAsync(known, batch);
    }

    private static ProblemHttpResult? Refuse(string type, HttpContext context, JobTypes types, out JobType known)
    {
        known = types.Find(type)!;
        return known is null or { Options.IsInternal: true }
            ? TypedResults.Problem("There is no job type of this name.", statusCode: StatusCodes.Status404NotFound)
            : context.Request.HasJsonContentType()
                ? null
                : TypedResults.Problem("Expected application/json.", statusCode: StatusCodes.Status415UnsupportedMediaType);
    }
}
