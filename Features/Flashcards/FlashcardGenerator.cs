using Microsoft.Extensions.AI;
using Queueing;

namespace Features.Flashcards;

/// <summary>Makes study cards from a text, with whichever chat model the host has.</summary>
internal sealed class FlashcardGenerator(IChatClient chat) : IJobHandler<GenerateFlashcards>
{
    public async Task<JobOutcome> HandleAsync(GenerateFlashcards args, JobContext context, CancellationToken workToken)
    {
        await context.ReportProgressAsync(10, "reading the text", workToken);
        var (set, tokens) = await FlashcardPrompt.AskAsync(chat, args, workToken);
        if (set.Flashcards.Count == 0)
        {
            return new JobOutcome.Failed("no-usable-content", "The content holds no sentence that a study card can be made from.");
        }

        await context.ReportProgressAsync(90, $"{set.Flashcards.Count} cards made", workToken);
        return new JobOutcome.Completed(new FlashcardsResult(set.Flashcards, tokens));
    }
}
