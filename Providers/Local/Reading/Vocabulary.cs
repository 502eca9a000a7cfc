using Providers.Local.Lexicon;

namespace Providers.Local.Reading;

/// <summary>What the page as a whole tells about its words.</summary>
internal sealed class Vocabulary
{
    private const int TopicCount = 4;

    private readonly HashSet<string> small = new(StringComparer.Ordinal);
    private readonly HashSet<string> capital = new(StringComparer.Ordinal);
    private readonly HashSet<string> nouns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> firstSeen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> introduced = new(StringComparer.Ordinal);

    public Vocabulary(IReadOnlyList<Sentence> sentences)
    {
        foreach (var sentence in sentences)
        {
            Take(sentence);
        }
    }

    /// <summary>Whether a capital first letter belongs to the word, and not only to its place in the sentence.</summary>
    public bool IsName(Word word) =>
        word.Text.AsSpan(1).ContainsAnyInRange('A', 'Z')
        || (word.IsCapitalised && !small.Contains(word.Lower)
            && (capital.Contains(word.Lower) || !(FunctionWords.Contains(word.Lower) || Nouns.HasNounEnding(word.Lower)
                || Nouns.IsPlural(word.Lower) || Nouns.Pointing.Contains(word.Lower) || Nouns.Relating.Contains(word.Lower))));

    /// <summary>Whether the page writes the word with a capital where no sentence begins.</summary>
    public bool IsSeenAsName(Word word) => capital.Contains(word.Lower) && !small.Contains(word.Lower);

    public bool IsSeenAsNoun(string lower) => nouns.Contains(Words.Stem(lower));

    public bool IsTopic(string stem) => Count(stem) >= TopicCount;

    public bool IsSeenBefore(string stem, int sentence) => firstSeen.GetValueOrDefault(stem, int.MaxValue) < sentence;

    public int Count(string stem) => counts.GetValueOrDefault(stem);

    /// <summary>Whether an earlier sentence spoke of "a treaty" or of "the Treaty of …", so that "the treaty" points to it.</summary>
    public bool IsIntroducedBefore(string stem, int sentence) => introduced.GetValueOrDefault(stem, int.MaxValue) < sentence;

    private void Take(Sentence sentence)
    {
        var words = sentence.Words;
        for (var index = 0; index < words.Count; index++)
        {
            var word = words[index];
            if (index > 0)
            {
                (word.IsCapitalised ? capital : small).Add(word.Lower);
            }

            if (!FunctionWords.Contains(word.Lower))
            {
                counts[word.Stem] = Count(word.Stem) + 1;
                firstSeen.TryAdd(word.Stem, sentence.Index);
                TakeNoun(sentence, index);
            }
        }
    }

    // "The", "of" or the like before and a closing of the phrase behind make the word between them a noun.
    private void TakeNoun(Sentence sentence, int index)
    {
        var words = sentence.Words;
        var phraseEnds = index + 1 == words.Count
            || sentence.Text[words[index].End] != ' '
            || FunctionWords.Prepositions.Contains(words[index + 1].Lower)
            || FunctionWords.BeForms.Contains(words[index + 1].Lower);
        if (!phraseEnds || index == 0)
        {
            return;
        }

        var before = words[index - 1].Lower;
        if (before is not "as" && (FunctionWords.Determiners.Contains(before) || FunctionWords.Prepositions.Contains(before)) && before != "to")
        {
            nouns.Add(words[index].Stem);
        }

        var start = index;
        while (start > 0 && index - start < 3 && !FunctionWords.Contains(words[start - 1].Lower))
        {
            start--;
        }

        var single = start > 0 && words[start - 1].Lower is "a" or "an";
        var named = words[index].IsCapitalised && start < index;
        if (single || named)
        {
            introduced.TryAdd(words[index].Stem, sentence.Index);
        }
    }
}
