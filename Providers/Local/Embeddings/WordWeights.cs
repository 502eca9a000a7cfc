using System.Collections.Frozen;
using Providers.Local.Lexicon;

namespace Providers.Local.Embeddings;

/// <summary>
/// How much a word says about what a text is about. There is no collection to count in when a text is embedded, so the words that are common in
/// any English text are listed.
/// </summary>
internal static class WordWeights
{
    private const double OfCommon = 0.35;
    private const double OfOthers = 1;

    private static readonly FrozenSet<string> Common = WordList.Of("""
        able add allow answer appear apply ask become begin bring call case change choose come consider contain create default
        describe different do effect end example exist explain fact find first follow form get give given go good happen have help
        include instead keep kind know large last leave let like little long look lot make many matter mean mention method move
        name need new next note number old one only option order other own part particular people place point possible problem
        provide put question reason result right run same say section see seem set several show similar simple single small
        something specific specify start state still stop sure take tell thing think time try turn two type use used useful user
        using usually value various want way well whole wish without word work world wrong year yes
        """);

    private static readonly FrozenSet<string> CommonStems = Common.Select(EnglishStem.Of).ToFrozenSet(StringComparer.Ordinal);

    /// <returns>0 for a word that stands in every sentence.</returns>
    /// <param name="word">In lower case.</param>
    /// <param name="stem">Its stem.</param>
    public static double Of(string word, string stem) =>
        FunctionWords.Contains(word) ? 0 : CommonStems.Contains(stem) ? OfCommon : OfOthers;
}
