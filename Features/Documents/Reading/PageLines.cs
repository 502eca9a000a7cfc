using System.Globalization;
using System.Text;

namespace Features.Documents.Reading;

/// <summary>The lines of a page, as text that people and PostgreSQL can read.</summary>
internal static class PageLines
{
    /// <returns>The lines; an empty one where there is more space than between the lines of a paragraph.</returns>
    public static IReadOnlyList<string> Of(string text) => [.. Clean(text).Split('\n').Select(line => line.Trim())];

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (char.IsHighSurrogate(character) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
            {
                clean.Append(character).Append(text[++index]);
                continue;
            }

            clean.Append(character switch
            {
                '\n' => "\n",
                // Ligatures, which fonts have for the looks. Without ICU, string.Normalize leaves them as they are.
                '\uFB00' => "ff",
                '\uFB01' => "fi",
                '\uFB02' => "fl",
                '\uFB03' => "ffi",
                '\uFB04' => "ffl",
                '\uFB05' or '\uFB06' => "st",
                '\u00AD' or '\uFEFF' or '\u200B' => "", // Of no width.
                _ when char.IsSurrogate(character) => "",
                _ when char.IsWhiteSpace(character) => " ",
                _ when char.IsControl(character) || CharUnicodeInfo.GetUnicodeCategory(character) is UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned => "",
                _ => character.ToString(),
            });
        }

        return clean.ToString();
    }
}
