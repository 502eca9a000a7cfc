using System.Text.Json;

namespace ProviderSimulator.Answers;

/// <summary>What a model answers when all goes well.</summary>
internal static class AnswerText
{
    /// <summary>The first words of what the user said last.</summary>
    public static string Echo(string userText, int words)
    {
        var echo = string.Concat(Tokens.Pieces(userText).Take(words)).Trim();
        return echo.Length > 0 ? echo : "Nothing was said.";
    }

    /// <summary>A document that is valid by the schema, its strings made of what the user said last.</summary>
    /// <exception cref="UnknownSchemaException">It is no schema, or one of a kind that isn't known here.</exception>
    public static string Document(string userText, JsonElement schema)
    {
        try
        {
            return new SchemaDocument(schema, new WordSource(userText)).Write()?.ToJsonString(WireJson.Indented) ?? "null";
        }
        catch (Exception exception) when (exception is InvalidOperationException or IndexOutOfRangeException or FormatException or ArithmeticException)
        {
            throw new UnknownSchemaException($"It could not be read: {exception.Message}");
        }
    }

    /// <summary>What models write when they forget what they were asked for.</summary>
    public static string NoDocument(string userText) => $"Sure! Here is what you asked for: {{ \"text\": {Echo(userText, 5)}";
}
