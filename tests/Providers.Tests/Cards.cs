using Providers.Local.Flashcards;
using Providers.Local.Reading;

namespace Providers.Tests;

internal static class Cards
{
    public static IReadOnlyList<Card> Of(string text, int count = 10) =>
        FlashcardWriter.Write(text, count, TestContext.Current.CancellationToken);

    public static (string Question, string Answer)? Single(string text) =>
        Of(text) is [var card, ..] ? (card.Question, card.Answer) : null;

    public static string? Cloze(string text)
    {
        var page = Page.Read(text);
        var maker = new ClozeMaker(page, new Dangling(page.Vocabulary), new TermWeights(page));
        return page.Sentences.SelectMany(maker.Find).FirstOrDefault()?.Question;
    }
}
