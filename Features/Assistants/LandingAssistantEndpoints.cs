using Features.Courses;
using Features.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Queueing;

namespace Features.Assistants;

/// <summary>The assistant of the landing page, for everybody: nobody signs in, and jobs are nobody's.</summary>
public static class LandingAssistantEndpoints
{
    internal const string JobType = "landing-query";

    // Whoever has a job's id may read it; ids can't be guessed.
    private static readonly string Nobody = Guid.Empty.ToString();

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>POST /api/landing-assistant/query</c> and what belongs to it. Needs <see cref="AssistantEndpoints"/>.</summary>
        /// <returns>The route that costs money, to be limited.</returns>
        public RouteHandlerBuilder MapLandingAssistant()
        {
            var landing = routes.MapGroup("/api/landing-assistant").WithTags("Assistants");
            landing.MapGet("/job/{jobId:guid}", GetJobAsync);
            landing.MapGet("/suggestions", ListSuggestionsAsync);
            return landing.MapPost("/query", AskAsync).Produces<LandingReceipt>(StatusCodes.Status202Accepted);
        }
    }

    private static async Task<Results<Ok<SuggestedAnswer>, JobAnswer>> AskAsync(
        LandingQuery query, EnqueueRequest request, Suggestions suggestions, CancellationToken cancellationToken) =>
        await suggestions.FindAnswerAsync(null, query.Question, cancellationToken) is { } prepared
            ? TypedResults.Ok(new SuggestedAnswer(PolledState.Completed, null, new(prepared, Answered: true, [], null, TokenUsage: 0)))
            : await request.AcceptAsync(new AskCatalogue(query.Question), Nobody, receipt => new LandingReceipt(receipt));

    private static async Task<Results<Ok<AssistantJob>, NotFound>> GetJobAsync(Guid jobId, JobReader jobs, CancellationToken cancellationToken) =>
        await jobs.FindAsync(jobId, cancellationToken) is { Type: JobType } job ? TypedResults.Ok(AssistantJob.Of(job)) : TypedResults.NotFound();

    private static async Task<Ok<IReadOnlyList<string>>> ListSuggestionsAsync(Suggestions suggestions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await suggestions.ListAsync(null, cancellationToken));
}
