using System.Security.Claims;
using Features.Courses;
using Features.Documents;
using Features.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Queueing;

namespace Features.Assistants;

/// <summary>The assistant of a course.</summary>
public static class AssistantEndpoints
{
    private const string JobType = "assistant-query";
    private const int MostMessages = 200;

    extension(IHostApplicationBuilder builder)
    {
        /// <summary>
        /// Adds the assistants: the job types "assistant-query" and "landing-query", and their tables. Needs the queue; a worker needs a chat
        /// model and vectors too.
        /// </summary>
        public void AddAssistants()
        {
            builder.AddDocuments();
            builder.AddSchemaPart("assistants", typeof(AssistantEndpoints).Assembly);
            builder.Services.AddSingleton<AssistantSessions>();
            builder.AddJob<AskCourse, CourseAssistant>(JobType, Answering);
            builder.AddJob<AskCatalogue, LandingAssistant>(LandingAssistantEndpoints.JobType, Answering);
        }
    }

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>POST /api/assistant/query</c> and what belongs to it.</summary>
        public void MapAssistant()
        {
            var assistant = routes.MapGroup("/api/assistant").WithTags("Assistants");
            assistant.MapPost("/query", AskAsync).Produces<AssistantReceipt>(StatusCodes.Status202Accepted);
            assistant.MapGet("/job/{jobId:guid}", GetJobAsync);
            assistant.MapGet("/sessions/{sessionId:guid}", GetSessionAsync);
            assistant.MapGet("/suggestions", ListSuggestionsAsync);
        }
    }

    // Somebody waits for the answer.
    private static void Answering(JobTypeOptions options)
    {
        options.Queue = "assistants";
        options.IsInternal = true; // Whose conversation it is, the endpoint has judged.
        options.MaxAttempts = 3;
        options.Timeout = TimeSpan.FromMinutes(1);
        options.Backoff = Backoff.Exponential(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20));
    }

    private static async Task<Results<Ok<SuggestedAnswer>, JobAnswer>> AskAsync(
        AssistantQuery query, EnqueueRequest request, CourseCatalogue catalogue, Suggestions suggestions, AssistantSessions sessions, NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        var (courseId, topicId) = (query.CourseId!.Value, query.TopicId!.Value); // Required.
        if (await catalogue.FindAsync(courseId, cancellationToken) is not { } course)
        {
            return Invalid("courseId", "Expected the id of a course.");
        }

        if (course.Topics.All(topic => topic.Id != topicId || (query.ModuleNo is { } module && module != topic.ModuleNo)))
        {
            return Invalid("topicId", "Expected the id of a topic of this course and, where one is given, this module.");
        }

        if (query.SessionId is { } asked && await sessions.FindAsync(asked, cancellationToken) is var known && known != (request.Owner, courseId))
        {
            return Invalid("sessionId", "Expected a conversation of the caller's on this course.");
        }

        var sessionId = query.SessionId ?? RepeatableId.Of(request, "assistant-session");
        if (await suggestions.FindAnswerAsync(courseId, query.Question, cancellationToken) is { } prepared)
        {
            var answer = new AssistantAnswer(prepared, Answered: true, [], sessionId, TokenUsage: 0);
            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await AssistantSessions.OpenAsync(transaction, sessionId, request.Owner, courseId, cancellationToken);
            await AssistantSessions.SaveAsync(transaction, sessionId, Guid.CreateVersion7(), query.Question, answer, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return TypedResults.Ok(new SuggestedAnswer(PolledState.Completed, sessionId, answer));
        }

        return await request.AcceptAsync(
            new AskCourse(sessionId, courseId, topicId, query.Question),
            (transaction, _) => AssistantSessions.OpenAsync(transaction, sessionId, request.Owner, courseId, CancellationToken.None),
            (_, receipt) => new(new AssistantReceipt(receipt, sessionId)));
    }

    private static async Task<Results<Ok<AssistantJob>, NotFound>> GetJobAsync(
        Guid jobId, ClaimsPrincipal caller, JobReader jobs, CancellationToken cancellationToken) =>
        await jobs.FindAsync(jobId, cancellationToken) is { Type: JobType } job && caller.MaySee(job.Owner)
            ? TypedResults.Ok(AssistantJob.Of(job))
            : TypedResults.NotFound();

    private static async Task<Results<Ok<AssistantConversation>, NotFound>> GetSessionAsync(
        Guid sessionId, ClaimsPrincipal caller, AssistantSessions sessions, CancellationToken cancellationToken) =>
        await sessions.FindAsync(sessionId, cancellationToken) is { } session && caller.MaySee(session.Owner)
            ? TypedResults.Ok(new AssistantConversation(sessionId, session.CourseId, await sessions.ReadAsync(sessionId, MostMessages, cancellationToken)))
            : TypedResults.NotFound();

    private static async Task<Ok<IReadOnlyList<string>>> ListSuggestionsAsync(Guid courseId, Suggestions suggestions, CancellationToken cancellationToken) =>
        TypedResults.Ok(await suggestions.ListAsync(courseId, cancellationToken));

    private static JobAnswer Invalid(string field, string message) =>
        TypedResults.ValidationProblem(new Dictionary<string, string[]> { [field] = [message] });
}
