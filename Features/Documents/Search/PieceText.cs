namespace Features.Documents.Search;

/// <summary>Text that PostgreSQL takes.</summary>
internal static class PieceText
{
    /// <returns>The text with a space for each NUL and each half of a character: neither can be stored.</returns>
    public static string Storable(string text) => IsStorable(text) ? text : string.Create(text.Length, text, static (storable, text) =>
    {
        for (var index = 0; index < text.Length; index++)
        {
            storable[index] = IsStorable(text, index) ? text[index] : ' ';
        }
    });

    private static bool IsStorable(string text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (!IsStorable(text, index))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsStorable(string text, int index) => text[index] switch
    {
        '\0' => false,
        >= '\uD800' and <= '\uDBFF' => index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]),
        >= '\uDC00' and <= '\uDFFF' => index > 0 && char.IsHighSurrogate(text[index - 1]),
        _ => true,
    };
}
