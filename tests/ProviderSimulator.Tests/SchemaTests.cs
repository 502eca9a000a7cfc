using System.Text.Json;
using System.Text.Json.Nodes;
using ProviderSimulator.Answers;

namespace ProviderSimulator.Tests;

public sealed class SchemaTests
{
    [Theory]
    [InlineData("""{ "type": "integer", "minimum": 5, "multipleOf": 4 }""", "8")]
    [InlineData("""{ "type": "integer", "maximum": -3 }""", "-3")]
    [InlineData("""{ "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1 }""", "0.5")]
    [InlineData("""{ "type": "boolean" }""", "true")]
    [InlineData("""{ "enum": ["easy", "hard"] }""", "\"easy\"")]
    [InlineData("""{ "const": 7 }""", "7")]
    [InlineData("""{ "type": ["null", "boolean"] }""", "true")]
    [InlineData("""{ "type": "null" }""", "null")]
    [InlineData("""{ "type": "string", "maxLength": 3 }""", "\"one\"")]
    [InlineData("""{ "type": "string", "minLength": 40 }""", "\"one two three two three three one two three\"")]
    [InlineData("""{ "type": "string", "format": "date" }""", "\"2026-01-31\"")]
    [InlineData("""{ "type": "array", "maxItems": 1, "items": { "type": "integer" } }""", "[1]")]
    [InlineData("""{ "type": "array", "minItems": 3, "items": { "type": "integer" } }""", "[1,1,1]")]
    [InlineData("""{ "type": "object", "properties": { "a": { "type": "integer" }, "b": { "type": "integer" } }, "required": ["b"] }""", """{"b":1}""")]
    [InlineData("""{ "anyOf": [{ "type": "null" }, { "type": "integer" }] }""", "1")]
    [InlineData("""{ "$ref": "#/$defs/level", "$defs": { "level": { "type": "integer", "minimum": 3 } } }""", "3")]
    [InlineData("""{ "type": "OBJECT", "properties": { "n": { "type": "ARRAY", "maxItems": "1", "items": { "type": "INTEGER" } } }, "required": ["n"] }""", """{"n":[1]}""")]
    public void A_document_is_what_its_schema_asks_for(string schema, string document) =>
        Assert.Equal(document, JsonNode.Parse(Write(schema))?.ToJsonString() ?? "null");

    [Fact]
    public void A_schema_that_contains_itself_comes_to_an_end()
    {
        var document = Write("""
            { "type": "object", "required": ["next", "children"], "properties": {
                "next": { "anyOf": [{ "$ref": "#" }, { "type": "null" }] },
                "children": { "type": "array", "maxItems": 1, "items": { "$ref": "#" } } } }
            """);

        Assert.Contains("\"next\": null", document, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "type": "string", "pattern": "^a+$" }""", "pattern")]
    [InlineData("""{ "type": "object", "required": ["a"], "properties": { "a": { "$ref": "#" } } }""", "without an end")]
    [InlineData("""{ "$ref": "#/$defs/missing" }""", "leads nowhere")]
    [InlineData("""{ "type": "integer", "minimum": 2, "maximum": 1 }""", "No number")]
    [InlineData("""{ "enum": [] }""", "could not be read")]
    [InlineData("""{ "type": "integer", "multipleOf": 0 }""", "could not be read")]
    [InlineData("""{ "type": "array", "minItems": 1000000 }""", "items are more")]
    public void A_schema_that_cannot_be_met_is_refused_rather_than_missed(string schema, string reason) =>
        Assert.Contains(reason, Assert.Throws<UnknownSchemaException>(() => Write(schema)).Message, StringComparison.Ordinal);

    private static string Write(string schema) => AnswerText.Document("one two three", JsonElement.Parse(schema));
}
