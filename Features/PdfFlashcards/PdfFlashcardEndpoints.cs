using System.Security.Claims;
using Features.Documents;
using Features.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Queueing;

namespace Features.PdfFlashcards;

/// <summary>Study cards from an uploaded PDF.</summary>
public static class PdfFlashcardEndpoints
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds the job type "generate-pdf-flashcards" and its tables. Needs the queue; a worker needs a chat model too.</summary>
        public void AddPdfFlashcards()
        {
            builder.AddDocuments();
            builder.AddSchemaPart("pdf-flashcards", typeof(PdfFlashcardEndpoints).Assembly);
            builder.Services.AddSingleton<CardSessions>();
            builder.AddJob<GeneratePdfFlashcards, PdfFlashcardGenerator>("generate-pdf-flashcards", options =>
            {
                options.Queue = "flashcard-generation";
                options.IsInternal = true; // Whose PDF it is, the endpoint has judged.
                options.MaxAttempts = 3;
                options.Timeout = TimeSpan.FromMinutes(10);
            });
        }
    }

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>POST /api/pdfs/{pdfId}/flashcards</c> and <c>GET /api/pdf-sessions/{sessionId}</c>.</summary>
        public void MapPdfFlashcards()
        {
            var cards = routes.MapGroup("/api").WithTags("Flashcards");
            cards.MapPost("/pdfs/{pdfId:guid}/flashcards", GenerateAsync).Produces<PdfFlashcardsReceipt>(StatusCodes.Status202Accepted);
            cards.MapGet("/pdf-sessions/{sessionId:guid}", GetAsync);
        }
    }

    private static async Task<JobAnswer> GenerateAsync(
        Guid pdfId, PdfFlashcardsRequest? asked, EnqueueRequest request, ClaimsPrincipal caller, DocumentStore documents, CancellationToken cancellationToken)
    {
        if (await documents.FindOfFileAsync(pdfId, cancellationToken) is not { } document || !caller.MaySee(document.Owner))
        {
            return TypedResults.Problem("There is no PDF of this id among the caller's.", statusCode: StatusCodes.Status404NotFound);
        }

        asked ??= new();
        var sessionId = RepeatableId.Of(request, "pdf-session");
        return await request.AcceptAsync(
            new GeneratePdfFlashcards(sessionId, pdfId, asked.UserPrompt, asked.Count),
            (transaction, jobId) => CardSessions.InsertAsync(transaction, sessionId, pdfId, request.Owner, asked.UserPrompt, jobId, CancellationToken.None),
            (_, receipt) => new(new PdfFlashcardsReceipt(receipt, sessionId)));
    }

    private static async Task<Results<Ok<PdfSessionView>, NotFound>> GetAsync(
        Guid sessionId, ClaimsPrincipal caller, CardSessions sessions, JobReader jobs, CancellationToken cancellationToken) =>
        await sessions.FindAsync(sessionId, cancellationToken) is { } session && caller.MaySee(session.Owner)
            ? TypedResults.Ok(PdfSessionView.Of(session, await jobs.FindAsync(session.JobId, cancellationToken)))
            : TypedResults.NotFound();
}
