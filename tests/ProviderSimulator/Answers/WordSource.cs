namespace ProviderSimulator.Answers;

/// <summary>Hands out the words of a text, and begins anew when it has no more: each time a word later, so that no two strings are the same.</summary>
internal sealed class WordSource
{
    private readonly string[] words;
    private int next;
    private int round;

    public WordSource(string text)
    {
        words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        words = words.Length > 0 ? words : ["nothing"];
    }

    public string Take(int count) => string.Join(' ', Enumerable.Range(0, count).Select(_ => Next()));

    /// <summary>Words of about the usual number, within these lengths.</summary>
    public string Take(int shortest, int longest)
    {
        var text = Take(6);
        while (text.Length < shortest)
        {
            text += " " + Take(1);
        }

        var length = Math.Min(text.Length, longest);
        return text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }

    private string Next()
    {
        if (next == words.Length)
        {
            round++;
            next = round % words.Length;
        }

        return words[next++];
    }
}
