using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProviderSimulator.Answers;

/// <summary>
/// Writes a document that is valid by a schema: the required properties, two items in an array where that may be, words of
/// the text in strings. It knows what OpenAI's structured outputs and Gemini know, less <c>pattern</c> and the keywords below.
/// </summary>
internal sealed class SchemaDocument(JsonElement root, WordSource words)
{
    private const int UsualItems = 2;
    private const int MostItems = 100;

    /// <summary>From here on a schema that contains itself gets its shortest end.</summary>
    private const int DeepEnough = 8;
    private const int TooDeep = 64;

    private static readonly string[] Unknown =
        ["pattern", "uniqueItems", "not", "if", "prefixItems", "contains", "minProperties", "patternProperties", "dependentRequired"];

    public JsonNode? Write() => Value(root, 0);

    private JsonNode? Value(JsonElement schema, int depth)
    {
        if (depth > TooDeep)
        {
            throw new UnknownSchemaException("It contains itself without an end.");
        }

        if (Array.Find(Unknown, keyword => schema.Part(keyword) is not null) is { } unknown)
        {
            throw new UnknownSchemaException($"'{unknown}' is not known here.");
        }

        return schema switch
        {
            _ when schema.Part("$ref")?.GetString() is { } reference => Value(Target(reference), depth + 1),
            _ when (schema.Part("anyOf") ?? schema.Part("oneOf")) is { } choices => Value(Choose(choices, depth), depth + 1),
            _ when schema.Part("allOf") is { } all => all.GetArrayLength() == 1
                ? Value(all[0], depth + 1)
                : throw new UnknownSchemaException("'allOf' of several schemas is not known here."),
            _ when schema.Part("const") is { } constant => JsonNode.Parse(constant.GetRawText()),
            _ when schema.Part("enum") is { } values => JsonNode.Parse(values[0].GetRawText()),
            _ when depth > DeepEnough && schema.MayBeNull() => null,
            _ => schema.Type() switch
            {
                "object" => Members(schema, depth),
                "array" => Items(schema, depth),
                "integer" => SchemaNumber.Of(schema, whole: true),
                "number" => SchemaNumber.Of(schema, whole: false),
                "boolean" => true,
                "null" => null,
                "string" => Text(schema),
                var type => throw new UnknownSchemaException($"The type '{type}' is not known here."),
            },
        };
    }

    private JsonObject Members(JsonElement schema, int depth)
    {
        JsonObject document = [];
        foreach (var name in schema.Part("required")?.EnumerateArray().Select(name => name.GetString() ?? "") ?? [])
        {
            document[name] = schema.Part("properties")?.Part(name) is { } property ? Value(property, depth + 1) : words.Take(1);
        }

        return document;
    }

    private JsonArray Items(JsonElement schema, int depth)
    {
        var fewest = schema.Count("minItems") ?? 0;
        var count = depth > DeepEnough ? fewest : Math.Max(fewest, Math.Min(UsualItems, schema.Count("maxItems") ?? UsualItems));
        if (count > MostItems)
        {
            throw new UnknownSchemaException($"{count} items are more than the {MostItems} that are made here.");
        }

        return [.. Enumerable.Range(0, count).Select(_ => schema.Part("items") is { } item ? Value(item, depth + 1) : words.Take(1))];
    }

    private string Text(JsonElement schema) => schema.Part("format")?.GetString() switch
    {
        "date-time" => "2026-01-31T12:00:00Z",
        "date" => "2026-01-31",
        "time" => "12:00:00Z",
        "duration" => "PT1H",
        "email" => "somebody@example.com",
        "uri" => "https://example.com/",
        "uuid" => "018f3b3c-7a4e-7c27-acf1-4739eab53e2a",
        "hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        _ => words.Take(schema.Count("minLength") ?? 0, schema.Count("maxLength") ?? int.MaxValue),
    };

    private static JsonElement Choose(JsonElement choices, int depth) => choices.EnumerateArray()
        .OrderBy(choice => choice.MayBeNull() != depth > DeepEnough)
        .First();

    private JsonElement Target(string reference)
    {
        var target = root;
        foreach (var name in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            target = target.Part(name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))
                ?? throw new UnknownSchemaException($"'{reference}' leads nowhere.");
        }

        return target;
    }
}
