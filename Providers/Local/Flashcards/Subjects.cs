using Providers.Local.Lexicon;
using Providers.Local.Reading;

namespace Providers.Local.Flashcards;

/// <summary>What makes a noun phrase fit to be asked about, and how it is written inside a question.</summary>
internal static class Subjects
{
    private const int MostWords = 8;

    public static bool IsWhole(string subject, Vocabulary vocabulary)
    {
        var words = Words.Of(subject);
        if (words.Count is 0 or > MostWords || words.All(word => word.IsNumber))
        {
            return false;
        }

        var (first, last) = (words[0].Lower, words[^1].Lower);
        return !FunctionWords.Pronouns.Contains(first)
            && !FunctionWords.Prepositions.Contains(first)
            && !FunctionWords.Subordinators.Contains(first)
            && !FunctionWords.IsAdverb(first)
            && !FunctionWords.Contains(last)
            && !FunctionWords.IsAdverb(last)
            && !words.Any(word => FunctionWords.Auxiliaries.Contains(word.Lower))
            && !(IsBare(words) && Nouns.Vague.Contains(last) && !vocabulary.IsName(words[^1]))
            && !(words.Count <= 2 && Nouns.Pointing.Contains(words[^1].Stem)
                && first is "the" or "each" or "every" or "some" or "many" or "most");
    }

    /// <summary>Capitals stay on names and acronyms only.</summary>
    public static string Inside(string subject, Vocabulary vocabulary, bool isName = false)
    {
        var words = Words.Of(subject);
        return words.Count == 0 || words[0].Start > 0 || isName || IsNamed(words, vocabulary)
            ? subject
            : char.ToLowerInvariant(subject[0]) + subject[1..];
    }

    /// <summary>Isaac Newton, Marie and Pierre Curie, Ibn al-Haytham: capitals throughout, and no article.</summary>
    public static bool IsPersonLike(string subject, Vocabulary vocabulary)
    {
        var words = Words.Of(subject);
        return words.Count is > 0 and <= 6
            && (vocabulary.IsName(words[0]) || (words.Count > 1 && words[0].IsCapitalised && words[1].IsCapitalised))
            && words.All(word => word.IsCapitalised || JoinsNames(word))
            && words[^1].IsCapitalised
            && !FunctionWords.Determiners.Contains(words[0].Lower)
            && !Nouns.Pointing.Contains(words[^1].Stem);
    }

    private static bool IsBare(List<Word> words) =>
        words.Count == 1 || (words.Count == 2 && FunctionWords.Contains(words[0].Lower));

    private static bool JoinsNames(Word word) =>
        word.Lower is "and" or "de" or "da" or "von" or "van" or "der" or "al" or "ibn"
        || word.Text.StartsWith("al-", StringComparison.Ordinal);

    private static bool IsProper(Word word) =>
        word.IsCapitalised && word.Text.Length > 1 && !word.Text.AsSpan(1).ContainsAnyInRange('A', 'Z');

    // A name is nearly always met again inside a sentence of its page; what is not, is taken for a common noun.
    private static bool IsNamed(List<Word> words, Vocabulary vocabulary)
    {
        var first = words[0];
        return !FunctionWords.Contains(first.Lower)
            && ((words.Count > 1 && IsProper(words[1]))
                || vocabulary.IsSeenAsName(first) || first.Text.EndsWith("'s", StringComparison.Ordinal)
                    || first.Text.EndsWith("’s", StringComparison.Ordinal) || first.Text.AsSpan(1).ContainsAnyInRange('A', 'Z'));
    }
}
