using System.Text.RegularExpressions;
using Providers.Local.Lexicon;
using Providers.Local.Reading;

namespace Providers.Local.Flashcards;

/// <summary>
/// Leaves one key term out of a sentence. The article before it becomes a(n), which tells nothing; a year is left
/// out only beside a name, since a bare date can't be guessed from what is left.
/// </summary>
internal sealed partial class ClozeMaker(Page page, Dangling dangling, TermWeights weights) : ICardFinder
{
    private const int LeastWords = 6;
    private const int MostWords = 40;
    private const int LeastHints = 4;

    private readonly Blanks blanks = new(page.Vocabulary);

    public IEnumerable<Card> Find(Sentence sentence)
    {
        if (Links.OrdersEvents(sentence.Text) || sentence.Text[^1] != '.' || sentence.Text.AsSpan().ContainsAny("\"“”"))
        {
            return [];
        }

        // The terms have to be found in the words that the card will show.
        var shown = new Sentence(sentence.Index, sentence.Paragraph, Links.Strip(FirstPart(sentence.Text)), sentence.Source);
        if (shown.Words.Count is < LeastWords or > MostWords || dangling.In(shown.Text, sentence.Index))
        {
            return [];
        }

        var leanings = dangling.Leanings(shown.Text, sentence.Index);
        if (leanings > 1)
        {
            return [];
        }

        var best = TermExtractor.Candidates(shown)
            .Where(blanks.CanBe)
            .Where(term => Hints(term) >= LeastHints)
            .Select(term => (Term: term, Score: Score(term)))
            .OrderByDescending(scored => scored.Score)
            .FirstOrDefault();
        if (best.Score > 0)
        {
            var start = best.Term.Sentence.Words[best.Term.First].Start;
            return [Make(shown.Text, start, best.Term.Text, sentence, Math.Min(0.75, 0.3 + (best.Score * 0.3)) - (leanings * 0.1))];
        }

        return Year(shown, sentence);
    }

    private static string FirstPart(string text)
    {
        var cut = text.IndexOf("; ", StringComparison.Ordinal);
        return cut > 0 ? text[..cut] + "." : text;
    }

    private static int Hints(Term term) =>
        term.Sentence.Words.Where((word, index) => (index < term.First || index >= term.End)
            && !FunctionWords.Contains(word.Lower) && !Nouns.Vague.Contains(word.Lower) && !Nouns.Relating.Contains(word.Lower)).Count();

    private double Score(Term term) =>
        weights.Of(term)
        + (Blanks.IsNamed(term) ? 0.9 : 0)
        + (term.First > 0 && term.Head.IsCapitalised ? 0.3 : 0)
        + (term.Count > 1 ? 0.15 : 0)
        + (Nouns.HasNounEnding(term.Head.Lower) ? 0.15 : 0)
        + (page.Vocabulary.Count(term.Head.Stem) > 1 ? 0.15 : 0)
        - (term.First == 0 ? 0.35 : 0)
        - (Nouns.Pointing.Contains(term.Head.Stem) ? 0.3 : 0);

    private static Card[] Year(Sentence shown, Sentence sentence)
    {
        var names = shown.Words.Skip(1).Count(word => word.IsCapitalised && word.Text.Length > 2);
        var years = shown.Words.Index().Where(item => FourDigits.IsMatch(item.Item.Text)).ToList();
        if (names < 2 || years.Count != 1 || years[0].Index == 0
            || shown.Words[years[0].Index - 1].Lower is not "in" || Bracketed(shown.Text, years[0].Item.Start))
        {
            return [];
        }

        return [Make(shown.Text, years[0].Item.Start, years[0].Item.Text, sentence, 0.35)];
    }

    private static bool Bracketed(string text, int position) => text.AsSpan(0, position).Count('(') != text.AsSpan(0, position).Count(')');

    private static Card Make(string text, int start, string term, Sentence sentence, double worth)
    {
        var before = Article.Replace(text[..start], "$1(n) ");
        return new Card(before + Card.Blank + text[(start + term.Length)..], Answers.Capitalise(term), sentence, worth);
    }

    [GeneratedRegex(@"\b([Aa])n? $")]
    private static partial Regex Article { get; }

    [GeneratedRegex("^1[0-9]{3}$|^20[0-9]{2}$", RegexOptions.NonBacktracking)]
    private static partial Regex FourDigits { get; }
}
