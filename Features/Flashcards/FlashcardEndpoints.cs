using Features.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
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
            options.Reuse = new() { Without = ["userId"], Variant = ModelAsked };
        });
    }

    extension(IEndpointRouteBuilder routes)
    {
        /// <summary>Maps <c>POST /api/ai/generate-flashcards</c>.</summary>
        public RouteHandlerBuilder MapFlashcards() =>
            routes.MapPost("/api/ai/generate-flashcards", GenerateAsync).WithTags("Flashcards");
    }

    private static string ModelAsked(IServiceProvider services) =>
        services.GetRequiredService<IChatClient>().GetService<ChatClientMetadata>() is { } asked ? $"{asked.ProviderName}/{asked.DefaultModelId}" : "";

    private static Task<JobAnswer> GenerateAsync(GenerateFlashcards args, EnqueueRequest request) => request.AcceptAsync(args);
}
