using Providers.Local.Lexicon;
using Providers.Local.Reading;

namespace Providers.Local.Flashcards;

/// <summary>
/// Makes up to a given number of cards from a text, the best first, and fewer when the text carries no more. The same
/// text gives the same cards. English prose only: of anything else it makes nothing.
/// </summary>
internal static class FlashcardWriter
{
    private const double WeightOfTerms = 0.35;

    public static IReadOnlyList<Card> Write(string text, int count, CancellationToken cancellationToken)
    {
        var page = Page.Read(text);
        var weights = new TermWeights(page);
        var dangling = new Dangling(page.Vocabulary);
        ICardFinder[] finders =
        [
            new DefinitionFinder(page, dangling),
            new AppositionFinder(page, dangling),
            new FrameFinder(page, dangling),
            new DeedFinder(page, dangling),
            new EnumerationFinder(page, dangling),
            new ClozeMaker(page, dangling, weights),
        ];

        List<(Card, double)> cards = [];
        foreach (var sentence in page.Sentences)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var weight = weights.Of(sentence) * WeightOfTerms;
            cards.AddRange(finders.SelectMany(finder => finder.Find(sentence)).Select(card => (card, card.Worth + weight)));
        }

        return CardSelector.Select(cards, count, card => IsFit(card, page));
    }

    // A citation mark or a line break at a hyphen may stand inside the answer on the page: then it is no quotation.
    private static bool IsFit(Card card, Page page) =>
        page.Says(card.Answer)
        && !(card.IsCloze && card.Question.Contains(card.Answer, StringComparison.OrdinalIgnoreCase))
        && !(!card.IsCloze && Gives(card.Question, card.Answer));

    private static bool Gives(string question, string answer)
    {
        var asked = Words.Of(question).Select(word => word.Stem).ToHashSet();
        return Words.Of(answer).Where(word => !FunctionWords.Contains(word.Lower)).All(word => asked.Contains(word.Stem));
    }
}
