using Features.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Queueing;

namespace Features.Flashcards;

/// <summary>Study cards from a text.</summary>
public static class FlashcardEndpoints
{
    extension(IHostApplicationBuilder builder)
    {
        /// <summary>Adds the job type "generate-flashcards".</summary>
        public void AddFlashcards() => builder.AddJob<GenerateFlashcards, FlashcardGenerator>("generate-flashcards", options =>
        {
            options.Queue = "flashcard-generation";
            options.MaxAttempts = 3;
            options.Timeout = TimeSpan.FromMinutes(2);
        });
    }

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>POST /api/ai/generate-flashcards</c>.</summary>
        public RouteHandlerBuilder MapFlashcards() =>
            routes.MapPost("/api/ai/generate-flashcards", GenerateAsync).WithTags("Flashcards");
    }

    private static Task<JobAnswer> GenerateAsync(GenerateFlashcards args, EnqueueRequest request) => request.AcceptAsync(args);
}
