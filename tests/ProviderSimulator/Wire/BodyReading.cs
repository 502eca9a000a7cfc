using System.Text.Json;

namespace ProviderSimulator.Wire;

/// <summary>Reads fields of a request; what has another type than it should is refused by its name.</summary>
internal static class BodyReading
{
    extension(JsonElement body)
    {
        public JsonElement? Field(string name) =>
            body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var field) && field.ValueKind != JsonValueKind.Null ? field : null;

        public string? Text(string name) => body.Field(name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.String } field => field.GetString(),
            _ => throw new BadQuestionException($"'{name}' must be a string.", name),
        };

        public int? Integer(string name) => body.Field(name) switch
        {
            null => null,
            { ValueKind: JsonValueKind.Number } field when field.TryGetInt32(out var value) => value,
            _ => throw new BadQuestionException($"'{name}' must be an integer.", name),
        };

        public bool Flag(string name) => body.Field(name) switch
        {
            null => false,
            { ValueKind: JsonValueKind.True } => true,
            { ValueKind: JsonValueKind.False } => false,
            _ => throw new BadQuestionException($"'{name}' must be true or false.", name),
        };

        public IReadOnlyList<JsonElement> List(string name) => body.Field(name) switch
        {
            null => [],
            { ValueKind: JsonValueKind.Array } field => [.. field.EnumerateArray()],
            _ => throw new BadQuestionException($"'{name}' must be an array.", name),
        };

        public string Model() => body.Text("model") is { Length: > 0 } model
            ? model
            : throw new BadQuestionException("You must provide a model parameter.", "model");
    }
}
