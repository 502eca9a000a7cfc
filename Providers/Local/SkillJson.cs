using System.Text.Json;

namespace Providers.Local;

/// <summary>How skills read and write JSON: as the schemas name things.</summary>
internal static class SkillJson
{
    public static string Write<T>(T answer) => JsonSerializer.Serialize(answer, JsonSerializerOptions.Web);

    /// <exception cref="ArgumentException">The text isn't what the skill takes.</exception>
    public static T Read<T>(string text)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web) ?? throw new ArgumentException("The message is null instead of data.", nameof(text));
        }
        catch (JsonException exception)
        {
            // The exception's own message repeats what it read.
            throw new ArgumentException($"The message is not the data that the skill takes: {exception.Path}.", nameof(text));
        }
    }
}
