using System.Text.Json;
using Microsoft.Extensions.AI;
using Queueing;

namespace Features.Flashcards;

/// <summary>Makes study cards from a text, with whichever chat model the host has.</summary>
internal sealed class FlashcardGenerator(IChatClient chat) : IJobHandler<GenerateFlashcards>
{
    public async Task<JobOutcome> HandleAsync(GenerateFlashcards args, JobContext context, CancellationToken workToken)
    {
        await context.ReportProgressAsync(10, "reading the text", workToken);
        var response = await chat.GetResponseAsync(FlashcardPrompt.Messages(args), FlashcardPrompt.Options(args.Count), workToken);

        // A model that answers something else may answer better when asked again, so this throws, and is tried again.
        var set = JsonSerializer.Deserialize<FlashcardSet>(response.Text, JsonSerializerOptions.Web)
            ?? throw new JsonException("The model answered null instead of cards.");
        if (set.Flashcards.Count == 0)
        {
            return new JobOutcome.Failed("no-usable-content", "The content holds no sentence that a study card can be made from.");
        }

        await context.ReportProgressAsync(90, $"{set.Flashcards.Count} cards made", workToken);
        return new JobOutcome.Completed(new FlashcardsResult(set.Flashcards, (response.Usage?.InputTokenCount ?? 0) + (response.Usage?.OutputTokenCount ?? 0)));
    }
}
