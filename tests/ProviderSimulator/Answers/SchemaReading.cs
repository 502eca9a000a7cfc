using System.Globalization;
using System.Text.Json;

namespace ProviderSimulator.Answers;

/// <summary>Reads the parts of a schema, in JSON Schema's form and in Gemini's, which writes types in capitals and numbers as text.</summary>
internal static class SchemaReading
{
    extension(JsonElement schema)
    {
        public JsonElement? Part(string name) =>
            schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(name, out var part) ? part : null;

        public decimal? Number(string name) => schema.Part(name) switch
        {
            { ValueKind: JsonValueKind.Number } part => part.GetDecimal(),
            { ValueKind: JsonValueKind.String } part when decimal.TryParse(part.GetString(), CultureInfo.InvariantCulture, out var value) => value,
            _ => null,
        };

        public int? Count(string name) => schema.Number(name) is { } number ? (int)Math.Clamp(number, 0, int.MaxValue) : null;

        /// <summary>The first type that isn't null; where none is said, what its other parts tell.</summary>
        public string Type() => schema.Part("type") switch
        {
            { ValueKind: JsonValueKind.String } one => one.GetString()!.ToLowerInvariant(), // It is a string.
            { ValueKind: JsonValueKind.Array } several => several.EnumerateArray().Select(type => type.GetString()!.ToLowerInvariant())
                .FirstOrDefault(type => type != "null", "null"),
            _ => schema.Part("properties") is not null ? "object" : schema.Part("items") is not null ? "array" : "string",
        };

        public bool MayBeNull() => schema.Type() == "null"
            || (schema.Part("type") is { ValueKind: JsonValueKind.Array } types && types.EnumerateArray().Any(type => type.GetString() == "null"))
            || schema.Part("nullable") is { ValueKind: JsonValueKind.True };
    }
}
