using Providers.Local.Lexicon;

namespace Providers.Local.Reading;

/// <summary>Cuts one paragraph into sentences in a single pass; what has no stop at its end is not a sentence, but may be asked for.</summary>
internal static class SentenceSplitter
{
    // An opening bracket that is not closed within this distance is taken for a typing error.
    private const int LongestBracket = 400;

    /// <param name="paragraph">The text.</param>
    /// <param name="withRest">Whether what follows the last stop is given too.</param>
    public static IEnumerable<string> Split(string paragraph, bool withRest = false)
    {
        var start = 0;
        var bracketEnd = -1;
        for (var position = 0; position < paragraph.Length; position++)
        {
            var character = paragraph[position];
            if (character == '(' && position > bracketEnd)
            {
                bracketEnd = ClosingBracket(paragraph, position);
            }

            if (!IsStop(character) || position < bracketEnd - 1)
            {
                continue;
            }

            var end = AfterClosers(paragraph, position + 1);
            if (Ends(paragraph, position, end))
            {
                yield return paragraph[start..end].Trim();
                start = end;
            }

            position = Math.Max(position, end - 1);
        }

        if (withRest && !string.IsNullOrWhiteSpace(paragraph[start..]))
        {
            yield return paragraph[start..].Trim();
        }
    }

    private static bool IsStop(char character) => character is '.' or '!' or '?' or '…' or '。' or '！' or '？';

    private static int ClosingBracket(string text, int open)
    {
        var limit = Math.Min(LongestBracket, text.Length - open);
        var depth = 0;
        for (var position = open; position < open + limit; position++)
        {
            depth += text[position] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
            {
                return position;
            }
        }

        return open;
    }

    // Closing quotes and brackets belong to the sentence that they follow, and so do citation marks such as [12].
    private static int AfterClosers(string text, int position)
    {
        while (position < text.Length)
        {
            if (IsStop(text[position]) || text[position] is '"' or '\'' or '”' or '’' or ')' or ']' or '»')
            {
                position++;
                continue;
            }

            var close = text[position] == '['
                ? text.AsSpan(position, Math.Min(20, text.Length - position)).IndexOf(']')
                : -1;
            if (close < 0)
            {
                return position;
            }

            position += close + 1;
        }

        return position;
    }

    private static bool Ends(string text, int stop, int end)
    {
        if (end >= text.Length)
        {
            return true;
        }

        if (text[stop] is '。' or '！' or '？')
        {
            return true;
        }

        if (!char.IsWhiteSpace(text[end]))
        {
            return false;
        }

        var next = end;
        while (next < text.Length && (char.IsWhiteSpace(text[next]) || text[next] is '"' or '“' or '‘' or '\'' or '(' or '['))
        {
            next++;
        }

        if (next >= text.Length)
        {
            return true;
        }

        var word = WordAt(text, next);
        return StartsSentence(word)
            && !(text[stop] == '.' && end == stop + 1 && !IsUnit(text, stop)
                && Abbreviations.EndsNoSentence(WordBefore(text, stop), text[next], OpensSentence(word)));
    }

    // "35 K. Mercury": a letter behind a number is a unit, not an initial.
    private static bool IsUnit(string text, int stop) =>
        stop >= 3 && char.IsLetter(text[stop - 1]) && text[stop - 2] == ' ' && char.IsDigit(text[stop - 3]);

    // A small first letter starts a sentence only in words such as mRNA and pH.
    private static bool StartsSentence(string word) =>
        word.Length > 0 && (!char.IsLower(word[0]) || word.AsSpan(1).ContainsAnyInRange('A', 'Z'));

    private static bool OpensSentence(string word) =>
        word.Length > 0 && char.IsUpper(word[0]) && FunctionWords.Contains(word.ToLowerInvariant());

    private static string WordAt(string text, int start)
    {
        var end = start;
        while (end < text.Length && char.IsLetterOrDigit(text[end]))
        {
            end++;
        }

        return end == start ? text.Substring(start, 1) : text[start..end];
    }

    private static string WordBefore(string text, int stop)
    {
        var start = stop;
        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] == '.') && stop - start < 20)
        {
            start--;
        }

        return text[start..stop].ToLowerInvariant();
    }
}
