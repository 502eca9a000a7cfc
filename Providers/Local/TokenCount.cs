namespace Providers.Local;

/// <summary>
/// Words and punctuation marks, one token each: no model runs here, so there is no model's vocabulary to count in.
/// </summary>
internal static class TokenCount
{
    public static long Of(string text)
    {
        long count = 0;
        var inWord = false;
        foreach (var character in text)
        {
            var joinsWord = char.IsLetterOrDigit(character) || char.IsSurrogate(character);
            if (!char.IsWhiteSpace(character) && !(joinsWord && inWord))
            {
                count++;
            }

            inWord = joinsWord;
        }

        return count;
    }
}
