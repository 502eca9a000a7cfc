using Providers.Local.Embeddings;
using Providers.Local.Lexicon;

namespace Providers.Local.Reading;

/// <summary>The stems that a text is found and compared by: those of its words, without the words that stand in every sentence.</summary>
internal static class ContentStems
{
    public static HashSet<string> Of(string text) => Of(Words.Of(text));

    public static HashSet<string> Of(IEnumerable<Word> words) =>
        words.Where(word => !FunctionWords.Contains(word.Bare)).Select(word => EnglishStem.Of(word.Bare)).ToHashSet(StringComparer.Ordinal);
}
