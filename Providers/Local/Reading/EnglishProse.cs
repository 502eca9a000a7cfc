using System.Collections.Frozen;
using Providers.Local.Lexicon;

namespace Providers.Local.Reading;

/// <summary>
/// Keeps out what the rules cannot read: other languages, code, tables torn from their page. English is told by its
/// function words, which make up a third of its prose; those that other languages spell alike do not count.
/// </summary>
internal static class EnglishProse
{
    // Beyond this it is a list, or a text without stops; nothing could be asked about it anyway.
    private const int MostWords = 100;
    private const double LeastFunctionWords = 0.12;
    private const double MostSymbols = 0.04;

    private static readonly FrozenSet<string> Telling = WordList.Of("""
        a an against such one about the of and is are was were to by with from for which that it its their they as into than when where who whose
        be been has have had can may not or this these between during through because at but
        """);

    // German, Dutch and Scandinavian prose shares some of the words above, but has these in every other sentence.
    private static readonly FrozenSet<string> Foreign = WordList.Of("""
        der das und ist nicht ein eine von mit zu den dem des le la les une est et dans qui que pour sur los las el y
        una del por con il lo gli di che per een het van zijn en og det som av ett och är på jest się na w os uma não az egy
        """);

    public static bool IsReadable(Sentence sentence)
    {
        var words = sentence.Words;
        if (words.Count is < 4 or > MostWords)
        {
            return false;
        }

        var telling = words.Count(word => Telling.Contains(word.Lower));
        var foreign = words.Count(word => Foreign.Contains(word.Lower));
        var symbols = sentence.Text.Count(character =>
            character is '{' or '}' or '=' or '<' or '>' or '\\' or '|' or '_' or '@' or '#' or '~' or '^'
            || char.IsSurrogate(character));
        return telling >= Math.Max(1, words.Count * LeastFunctionWords)
            && telling > foreign * 2
            && symbols <= sentence.Text.Length * MostSymbols
            && !sentence.Text.Contains("://", StringComparison.Ordinal);
    }
}
