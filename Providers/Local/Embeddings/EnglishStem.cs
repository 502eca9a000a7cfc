using System.Buffers;

namespace Providers.Local.Embeddings;

/// <summary>
/// Cuts the endings under which forms of an English word differ: plot, plots, plotted and plotting meet. A stem need not be a word; it is only ever
/// compared with other stems.
/// </summary>
internal static class EnglishStem
{
    // The longest first. What is left must keep a vowel and three letters.
    private static readonly (string Ending, string Instead)[] Endings =
    [
        ("ization", "ize"), ("isation", "ize"), ("ational", "ate"), ("fulness", "ful"), ("ousness", "ous"), ("iveness", "ive"),
        ("ication", "ic"), ("ations", "ate"), ("ation", "ate"), ("ments", ""), ("ment", ""), ("ness", ""), ("ities", ""), ("ity", ""),
        ("ising", "ize"), ("izing", "ize"), ("ised", "ize"), ("ises", "ize"), ("ise", "ize"),
        ("ably", ""), ("able", ""), ("ible", ""), ("ally", "al"), ("ions", ""), ("ion", ""), ("ings", ""), ("ing", ""),
        ("ers", ""), ("er", ""), ("tors", "t"), ("tor", "t"), ("edly", ""), ("ed", ""), ("ly", ""), ("ies", "i"), ("es", ""), ("s", ""), ("y", "i"), ("e", ""),
    ];

    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    /// <param name="word">In lower case.</param>
    public static string Of(string word)
    {
        if (word.Length < 4 || !char.IsAsciiLetterLower(word[0]) || !char.IsAsciiLetterLower(word[^1]))
        {
            return word;
        }

        foreach (var (ending, instead) in Endings)
        {
            if (word.EndsWith(ending, StringComparison.Ordinal) && Keeps(word.AsSpan(0, word.Length - ending.Length)) && !IsPartOfTheWord(word, ending))
            {
                var rest = word[..^ending.Length] + instead;
                return instead.Length == 0 ? Undoubled(rest) : rest.EndsWith('e') ? rest[..^1] : rest;
            }
        }

        return word;
    }

    private static bool Keeps(ReadOnlySpan<char> rest) => rest.Length >= 3 && rest.ContainsAny(Vowels);

    private static bool IsPartOfTheWord(string word, string ending) => ending == "s" && word[^2] is 's' or 'u' or 'i';

    private static string Undoubled(string rest) =>
        rest.Length > 3 && rest[^1] == rest[^2] && rest[^1] is not ('a' or 'e' or 'i' or 'o' or 'u' or 'l' or 's' or 'z') ? rest[..^1]
        : rest.EndsWith('e') ? rest[..^1]
        : rest.EndsWith('y') ? rest[..^1] + "i"
        : rest;
}
