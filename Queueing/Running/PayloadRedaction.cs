using System.Text.Json;

namespace Queueing.Running;

/// <summary>
/// Takes a payload's texts out of an error before it is kept: a library's exception often quotes what it was given, and
/// an error is read by more people than the payload is meant for.
/// </summary>
internal static class PayloadRedaction
{
    private const string Mark = "[payload]";

    // Shorter texts ("en", "true") stand in messages for other reasons.
    private const int ShortestText = 5;

    private const StringSplitOptions PartsOnly = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    private static readonly char[] LineEnds = ['\r', '\n'];

    public static string? Redact(string? text, string payload)
    {
        if (string.IsNullOrEmpty(text))
        {
            return text;
        }

        // Longest first, so that a text that holds another one goes as a whole.
        foreach (var secret in TextsOf(payload).OrderByDescending(secret => secret.Length))
        {
            text = text.Replace(secret, Mark, StringComparison.Ordinal);
        }

        return text;
    }

    private static HashSet<string> TextsOf(string payload)
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(payload);
            Collect(document.RootElement, texts);
        }
        catch (JsonException)
        {
            texts.Add(payload);
        }

        return texts;
    }

    private static void Collect(JsonElement element, HashSet<string> texts)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    Collect(property.Value, texts);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Collect(item, texts);
                }

                break;
            case JsonValueKind.String when element.GetString() is { Length: >= ShortestText } text:
                texts.Add(text);

                // Messages quote a line or a word of a longer text more often than all of it.
                texts.UnionWith(text.Split(LineEnds, PartsOnly).Where(line => line.Length >= 3 * ShortestText));
                texts.UnionWith(text.Split((char[]?)null, PartsOnly).Where(word => word.Length >= 3 * ShortestText));

                break;
        }
    }
}
