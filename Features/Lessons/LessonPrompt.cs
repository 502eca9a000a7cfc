using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Features.Lessons;

/// <summary>How any model is asked for a lesson.</summary>
internal static class LessonPrompt
{
    private const int MostTokens = 4_000;

    private static readonly JsonElement Schema = JsonElement.Parse("""
        {
          "type": "object",
          "required": ["title", "summary", "sections", "keyTerms", "questions"],
          "additionalProperties": false,
          "properties": {
            "title": { "type": "string" },
            "summary": { "type": "string" },
            "sections": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["heading", "text", "keyPoints"],
                "additionalProperties": false,
                "properties": {
                  "heading": { "type": "string" },
                  "text": { "type": "string" },
                  "keyPoints": { "type": "array", "items": { "type": "string" } }
                }
              }
            },
            "keyTerms": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["term", "definition"],
                "additionalProperties": false,
                "properties": { "term": { "type": "string" }, "definition": { "type": "string" } }
              }
            },
            "questions": {
              "type": "array",
              "items": {
                "type": "object",
                "required": ["question", "answer"],
                "additionalProperties": false,
                "properties": { "question": { "type": "string" }, "answer": { "type": "string" } }
              }
            }
          }
        }
        """);

    public static string Instruction(GenerateLesson args) => $"""
        You write a lesson on {args.Subject}: {args.Topic}, for a learner at the level {args.Level}. Make it from the user's text and from nothing
        else: a title, a summary of two or three sentences, sections in the order in which they are best learned, the terms that the text explains,
        and up to five questions to check oneself by.
        """;

    public static ChatOptions Options() => new()
    {
        MaxOutputTokens = MostTokens,
        ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema, "lesson", "A lesson made from a text"),
    };
}
