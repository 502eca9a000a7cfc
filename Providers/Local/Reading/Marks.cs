using System.Text.RegularExpressions;

namespace Providers.Local.Reading;

/// <summary>The marks in a sentence that are for the page and not for its meaning.</summary>
internal static partial class Marks
{
    public static string Remove(string sentence)
    {
        var text = Link.Replace(sentence, "$1");
        text = NumberedCitation.Replace(text, "");
        text = AuthorCitation.Replace(text, "");
        text = Pointer.Replace(text, "");
        text = Emphasis.Replace(text, "");
        return LooseSpace.Replace(text, "$1").Trim();
    }

    [GeneratedRegex(@"\[([^\[\]]{1,100})\]\([^() ]{1,200}\)", RegexOptions.NonBacktracking)]
    private static partial Regex Link { get; }

    [GeneratedRegex(@"\s?\[(\d{1,3}(\s?[,;–-]\s?\d{1,3})*|[a-z]|(note|nb|ref\.?) \d{1,3}|citation needed)\]",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex NumberedCitation { get; }

    [GeneratedRegex(@"\s?\(((see|cf\.|e\.g\.,?) )?\p{Lu}[^()\d]{1,80}[, ](1[5-9]|20)\d\d[a-z]?((; ?|, ?)[^()]{1,120})?\)",
        RegexOptions.NonBacktracking)]
    private static partial Regex AuthorCitation { get; }

    [GeneratedRegex(@"\s?\((see|cf\.|compare|fig\.|figure|table|plate|chapter)[^()]{0,80}\)",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Pointer { get; }

    [GeneratedRegex(@"\*\*|__|`", RegexOptions.NonBacktracking)]
    private static partial Regex Emphasis { get; }

    [GeneratedRegex(@" +([.,;:!?)])", RegexOptions.NonBacktracking)]
    private static partial Regex LooseSpace { get; }
}
