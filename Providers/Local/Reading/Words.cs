namespace Providers.Local.Reading;

internal static class Words
{
    public static List<Word> Of(string text)
    {
        List<Word> words = [];
        var position = 0;
        while (position < text.Length)
        {
            if (!char.IsLetterOrDigit(text[position]))
            {
                position++;
                continue;
            }

            var start = position;
            while (position < text.Length && Continues(text, start, position))
            {
                position++;
            }

            words.Add(new Word(text[start..position], start));
        }

        return words;
    }

    public static string Stem(string lower)
    {
        if (lower.Length > 4 && lower.EndsWith("ies", StringComparison.Ordinal))
        {
            return lower[..^3] + "y";
        }

        if (lower.Length > 4 && (lower.EndsWith("sses", StringComparison.Ordinal)
            || lower.EndsWith("xes", StringComparison.Ordinal) || lower.EndsWith("ches", StringComparison.Ordinal)
            || lower.EndsWith("shes", StringComparison.Ordinal)))
        {
            return lower[..^2];
        }

        return LooksPlural(lower) ? lower[..^1] : lower;
    }

    /// <summary>True of a final s that is not part of the word, as it is in gas, virus, mitosis and mass.</summary>
    public static bool LooksPlural(string lower) =>
        lower.Length > 3 && lower[^1] == 's' && lower[^2] is not ('s' or 'u' or 'i' or '\'' or '’');

    public static bool SameStem(Word one, Word other) => one.Stem == other.Stem;

    private static bool Continues(string text, int start, int position)
    {
        var character = text[position];
        if (char.IsLetterOrDigit(character) || char.GetUnicodeCategory(character) is
            System.Globalization.UnicodeCategory.NonSpacingMark)
        {
            return true;
        }

        if (position + 1 >= text.Length || !char.IsLetterOrDigit(text[position + 1]))
        {
            // The last stop of U.S. belongs to the word, or the word would differ by its place in the sentence.
            return character == '.' && position - start >= 3 && text[position - 2] == '.';
        }

        var (before, after) = (text[position - 1], text[position + 1]);
        return character switch
        {
            '\'' or '’' or '-' or '‑' => true,
            ',' or '–' => char.IsDigit(before) && char.IsDigit(after),
            '.' => (char.IsDigit(before) && char.IsDigit(after))
                || (char.IsLetter(after) && (position - start == 1 || text[position - 2] == '.')),
            _ => false,
        };
    }
}
