using System.Runtime.ExceptionServices;
using Features.Documents;
using Features.Flashcards;
using Microsoft.Extensions.AI;
using Queueing;

namespace Features.PdfFlashcards;

/// <summary>
/// Makes study cards of a whole PDF, of several parts at once. Parts that are done stay done: a later attempt makes the others. When no
/// attempt is left, what could be made is the result, which says what it lacks.
/// </summary>
internal sealed class PdfFlashcardGenerator(IChatClient chat, DocumentStore documents, CardSessions sessions) : IJobHandler<GeneratePdfFlashcards>
{
    private const int AtOnce = 4;

    private static readonly TimeSpan UntilRead = TimeSpan.FromSeconds(1);

    public async Task<JobOutcome> HandleAsync(GeneratePdfFlashcards args, JobContext context, CancellationToken workToken)
    {
        switch (await documents.FindOfFileAsync(args.PdfId, workToken))
        {
            case null:
                return new JobOutcome.Failed("document-gone", "The document is not kept any more.");
            case { Status: DocumentStatus.Failed, Error: { } error }:
                return new JobOutcome.Failed(error.Type, error.Message);
            case { Status: DocumentStatus.Completed } document:
                await context.ReportProgressAsync(10, "reading the text", workToken);
                return await GenerateAsync(args, document, context, workToken);
            default:
                return new JobOutcome.SnoozeFor(UntilRead);
        }
    }

    private async Task<JobOutcome> GenerateAsync(GeneratePdfFlashcards args, Document document, JobContext context, CancellationToken workToken)
    {
        var sections = Section.Of(await documents.ReadPagesAsync(document.Id, workToken));
        var made = await sessions.ReadSectionsAsync(args.SessionId, workToken);
        var failed = new Dictionary<int, Exception>();
        var each = Math.Max(1, (args.Count + sections.Count - 1) / Math.Max(1, sections.Count));
        await Parallel.ForEachAsync(
            Enumerable.Range(0, sections.Count).Where(number => !made.ContainsKey(number)).ToArray(),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = workToken },
            async (number, token) =>
            {
                try
                {
                    var cards = await MakeAsync(sections[number], document.Title, args.UserPrompt, each, token);
                    await sessions.SaveSectionAsync(args.SessionId, number, cards, token);
                    lock (made)
                    {
                        made.Add(number, cards);
                    }
                }
                catch (Exception exception) when (SectionFault.WordOf(exception) is not null)
                {
                    lock (failed)
                    {
                        failed.Add(number, exception);
                    }
                }
            });

        if (WorthAnotherAttempt([.. failed.Values], hasCards: made.Values.Any(section => section.Cards.Count > 0), context) is { } reason)
        {
            ExceptionDispatchInfo.Throw(reason);
        }

        var cards = CardsOf(sections, made).Take(args.Count).ToList();
        if (cards.Count == 0)
        {
            return new JobOutcome.Failed("no-usable-content", "The PDF holds no sentence that a study card can be made from.");
        }

        await context.ReportProgressAsync(90, $"{cards.Count} cards made", workToken);
        return new JobOutcome.Completed(new PdfFlashcardsResult(
            args.SessionId,
            cards,
            sections.Count,
            [.. failed.OrderBy(failure => failure.Key).Select(failure => FailedOf(sections[failure.Key], failure.Value))],
            made.Values.Sum(section => section.Tokens)))
        {
            InTransaction = (record, token) => CardSessions.DeleteSectionsAsync(record.Transaction, args.SessionId, token),
        };
    }

    private async Task<SectionCards> MakeAsync(Section section, string title, string? userPrompt, int count, CancellationToken cancellationToken)
    {
        var (set, tokens) = await FlashcardPrompt.AskAsync(chat, new(section.Text, title, userPrompt ?? title, Count: count), cancellationToken);
        return new(set.Flashcards, tokens);
    }

    /// <returns>
    /// What the attempt shall end by: what is waited for without an attempt, first; else what may go better next time; else, when there are no
    /// cards at all, whatever there is. Null to be content with what was made.
    /// </returns>
    private static Exception? WorthAnotherAttempt(Exception[] failures, bool hasCards, JobContext context) =>
        failures.FirstOrDefault(SectionFault.IsWaitedFor)
        ?? (context.Attempt < context.MaxAttempts || !hasCards ? failures.FirstOrDefault(SectionFault.MayPass) : null)
        ?? (hasCards ? null : failures.FirstOrDefault());

    // In turn, the best of each part first: so that few cards are of the whole document, too.
    private static IEnumerable<PdfFlashcard> CardsOf(IReadOnlyList<Section> sections, Dictionary<int, SectionCards> made) => made
        .SelectMany(section => section.Value.Cards.Select((card, rank) => (Section: section.Key, Rank: rank, Card: card)))
        .OrderBy(card => card.Rank)
        .ThenBy(card => card.Section)
        .Select(card => PdfFlashcard.Of(card.Card, sections[card.Section].PageOf(card.Card.Source)));

    private static FailedSection FailedOf(Section section, Exception exception) =>
        new(section.FirstPage, section.LastPage, SectionFault.WordOf(exception)!); // Only what has a word was caught.
}
