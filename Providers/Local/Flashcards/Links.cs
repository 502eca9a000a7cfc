using System.Text.RegularExpressions;

namespace Providers.Local.Flashcards;

/// <summary>
/// Takes away the opening word that ties a sentence to the one before, where the sentence is true without it.
/// Words that order events (then, later, next) or oppose them (instead) stay, and <see cref="Dangling"/> refuses them.
/// </summary>
internal static partial class Links
{
    public static string Strip(string sentence)
    {
        var text = Inner.Replace(Opening.Replace(sentence, ""), " ");
        return text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
    }

    public static bool OrdersEvents(string sentence) => Ordering.IsMatch(sentence);

    [GeneratedRegex("""
        ^(?:
        (?:However|Therefore|Thus|Hence|Consequently|Accordingly|As\ a\ result|As\ a\ consequence|For\ this\ reason
        |For\ example|For\ instance|In\ addition|Additionally|Moreover|Furthermore|In\ fact|Indeed|In\ short
        |In\ other\ words|That\ is|Of\ course|By\ contrast|In\ contrast|On\ the\ other\ hand|Conversely|Nevertheless
        |Nonetheless|Even\ so|Still|Similarly|Likewise|Interestingly|Notably|Importantly|Fortunately|Unfortunately
        |In\ general|Generally|Specifically|In\ particular|Overall|In\ summary|Broadly\ speaking|Strictly\ speaking),[ ]
        |(?:But|And|Yet)\ (?!(?:if|when|because|then|so)\b)
        )
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Opening { get; }

    [GeneratedRegex("""
        ,\ (however|therefore|thus|for\ example|for\ instance|of\ course|in\ turn|in\ fact|nevertheless|by\ contrast
        |in\ contrast|on\ the\ other\ hand),[ ]
        """, RegexOptions.NonBacktracking | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Inner { get; }

    [GeneratedRegex("""
        ^(Then|Next|Later|Afterwards?|Finally|First|Firstly|Second|Secondly|Third|Thirdly|Lastly|Meanwhile|Instead
        |Otherwise|Soon|Subsequently|Eventually|Ultimately|So|Once|Again|Here|Now|Also|Rather|At\ first|At\ last
        |In\ turn|In\ response|In\ the\ end|In\ the\ meantime|At\ the\ time|At\ the\ same\ time|By\ then
        |Since\ then|Until\ then|From\ there|Nor|Not\ only)\b
        """, RegexOptions.NonBacktracking | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Ordering { get; }
}
