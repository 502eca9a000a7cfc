using Providers.Local.Lexicon;
using Providers.Local.Reading;

namespace Providers.Local.Flashcards;

/// <summary>
/// The candidate phrases of a sentence: the longest runs of words between function words, verbs, adverbs, numbers and
/// punctuation. So does RAKE (Rose, Engel, Cramer and Cowley, "Automatic keyword extraction from individual documents",
/// 2010); the verbs and the names joined by "of" are added to it, since a phrase is shown here, not only ranked.
/// </summary>
internal static class TermExtractor
{
    public static List<Term> Candidates(Sentence sentence)
    {
        List<Term> terms = [];
        var words = sentence.Words;
        var index = 0;
        while (index < words.Count)
        {
            if (Breaks(words[index]))
            {
                index++;
                continue;
            }

            var end = index + 1;
            while (end < words.Count && IsJoined(sentence, end) && ((!Breaks(words[end]) && !IsPast(words[end])) || JoinsName(sentence, end)))
            {
                end++;
            }

            var first = index;
            while (first < end - 1 && IsLooseAdjective(words[first]))
            {
                first++;
            }

            terms.Add(new Term(sentence, first, end));
            index = end;
        }

        return terms;
    }

    private static bool Breaks(Word word) =>
        FunctionWords.Contains(word.Lower) || (Verbs.Contains(word.Lower) && !word.IsCapitalised) || FunctionWords.IsAdverb(word.Lower)
        || char.IsDigit(word.Text[0]);

    // Inside a phrase only a verb ends so: "the writ freed James Somerset".
    private static bool IsPast(Word word) =>
        !word.IsCapitalised && word.Lower.EndsWith("ed", StringComparison.Ordinal) && !word.Text.Contains('-')
        && word.Lower is not ("seed" or "weed" or "reed" or "speed" or "breed" or "need" or "bed" or "shed" or "feed" or "blood");

    private static bool IsJoined(Sentence sentence, int next) =>
        sentence.Text.AsSpan(sentence.Words[next - 1].End, sentence.Words[next].Start - sentence.Words[next - 1].End)
            is " " or "-" or ". ";

    // Treaty of Westphalia, Bank of England.
    private static bool JoinsName(Sentence sentence, int of) =>
        sentence.Words[of].Lower == "of" && of + 1 < sentence.Words.Count
        && sentence.Words[of - 1].IsCapitalised && sentence.Words[of + 1].IsCapitalised && IsJoined(sentence, of + 1);

    private static bool IsLooseAdjective(Word word) =>
        !word.IsCapitalised && (Nouns.Relating.Contains(word.Lower) || Nouns.Vague.Contains(word.Lower)
            || (word.Lower.EndsWith("ed", StringComparison.Ordinal) && !word.Text.Contains('-')));
}
