namespace ProviderSimulator.Answers;

/// <summary>What counts as a token here: a word, which is anything between white space. Simple, so that a test can count it too.</summary>
public static class Tokens
{
    public static int Of(string text)
    {
        var count = 0;
        var inWord = false;
        foreach (var character in text)
        {
            var joins = !char.IsWhiteSpace(character);
            count += joins && !inWord ? 1 : 0;
            inWord = joins;
        }

        return count;
    }

    /// <summary>One piece for each token, the white space after it included; together they are the text.</summary>
    public static IReadOnlyList<string> Pieces(string text)
    {
        List<string> pieces = [];
        var start = 0;
        for (var next = 1; next < text.Length; next++)
        {
            var wordBegins = char.IsWhiteSpace(text[next - 1]) && !char.IsWhiteSpace(text[next]);
            if (wordBegins && !string.IsNullOrWhiteSpace(text[start..next]))
            {
                pieces.Add(text[start..next]);
                start = next;
            }
        }

        if (!string.IsNullOrWhiteSpace(text))
        {
            pieces.Add(text[start..]);
        }

        return pieces;
    }
}
