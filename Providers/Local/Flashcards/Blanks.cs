using Providers.Local.Lexicon;
using Providers.Local.Reading;

namespace Providers.Local.Flashcards;

/// <summary>
/// Which terms may be left out of a sentence: only nouns by every sign there is, that the rest of the sentence
/// does not repeat, and that are not one of several things listed together, any of which would fit.
/// </summary>
internal sealed class Blanks(Vocabulary vocabulary)
{
    private const int LongestTerm = 4;

    public bool CanBe(Term term)
    {
        var words = term.Sentence.Words;
        var head = term.Head;
        return term.Count <= LongestTerm + (head.IsCapitalised ? 2 : 0)
            && head.Text.Length > 2
            && !Nouns.Vague.Contains(head.Lower)
            && !(Nouns.Pointing.Contains(head.Stem) && term.Count == 1)
            && !term.Words.SkipLast(1).Any(word => Nouns.IsPlural(word.Lower) && !word.IsCapitalised)
            && !term.Words.Any(word => Verbs.MayBe(word.Lower) && term.Count > 1 && word != head && Nouns.IsPlural(word.Lower))
            && IsNoun(term)
            && Bounds.Hold(term)
            && !IsRepeated(term, words);
    }

    private bool IsNoun(Term term)
    {
        var lower = term.Head.Lower;
        if (Nouns.IsPerson(Words.Stem(lower)) && (term.First == 0 || !term.Head.IsCapitalised))
        {
            return false;
        }

        if (!IsNamed(term) && !term.Head.IsCapitalised && Nouns.IsPlural(lower) && vocabulary.Count(term.Head.Stem) == 1)
        {
            return false;
        }

        if (IsDefinite(term) && term.Count == 1 && !term.Head.IsCapitalised && vocabulary.Count(term.Head.Stem) == 1)
        {
            return false;
        }

        if (IsDefinite(term) && term.Count == 1 && !term.Head.IsCapitalised && !IsBehindPreposition(term))
        {
            return false;
        }

        if (IsNameInside(term) || Nouns.HasNounEnding(lower) || IsNamed(term))
        {
            return true;
        }

        var count = vocabulary.Count(term.Head.Stem);
        return Nouns.HasAdjectiveEnding(lower) || Verbs.MayBe(lower)
            ? vocabulary.IsSeenAsNoun(lower) && (count > 1 || term.Count > 1)
            : vocabulary.IsSeenAsNoun(lower) || (Nouns.IsPlural(lower) && count > 1);
    }

    // "The _____ issued the works" and "war closed the _____" take it as told which one; "into the _____" seldom does.
    private static bool IsBehindPreposition(Term term) =>
        term.First > 1 && FunctionWords.Prepositions.Contains(term.Sentence.Words[term.First - 2].Lower);

    private static bool IsDefinite(Term term) =>
        term.First > 0 && term.Sentence.Words[term.First - 1].Lower == "the";

    private bool IsNameInside(Term term) =>
        term.First > 0 && term.Head.IsCapitalised
        && (vocabulary.IsName(term.Head) || (term.Count > 1 && term.Words.All(word => word.IsCapitalised || FunctionWords.Contains(word.Lower))));

    public static bool IsNamed(Term term) =>
        term.First > 0 && term.Sentence.Words[term.First - 1].Lower is "called" or "termed"
        || (term.First > 1 && term.Sentence.Words[term.First - 1].Lower == "as" && term.Sentence.Words[term.First - 2].Lower == "known");

    private static bool IsRepeated(Term term, IReadOnlyList<Word> words)
    {
        var own = term.Words.Where(word => !FunctionWords.Contains(word.Lower)).Select(word => Root(word.Stem)).ToHashSet();
        return words.Where((_, index) => index < term.First || index >= term.End)
            .SelectMany(word => word.Lower.Split('-'))
            .Any(part => own.Contains(Root(Words.Stem(part))))
            || term.Sentence.Text.AsSpan(term.Head.End).Contains(term.Text, StringComparison.OrdinalIgnoreCase);
    }

    // Photosynthesis and photosynthetic give each other away, and so do oxide and oxidise.
    private static string Root(string stem) => stem.Length > 7 ? stem[..6] : stem;
}
