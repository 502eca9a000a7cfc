using System.Text.Json.Nodes;
using System.Text.Json;

namespace Features.Persona;

/// <summary>The kinds of learners that are told apart, in the words of docs/personas.md.</summary>
internal static class Personas
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["explorer"] = "curious, follows interests and questions of their own, browses, jumps between topics, tries new things, asks why",
        ["practitioner"] = "learns by doing, wants exercises, examples, projects and hands-on practice, applies what was learned at work",
        ["theorist"] = "wants to understand concepts, principles, definitions and proofs first, reads and thinks deeply, likes theory and structure",
        ["sprinter"] = "has little time, a deadline or an exam, wants short summaries, quick results, learns in short fast sessions",
        ["collaborator"] = "learns with others, in groups and discussions, explains to friends, asks and answers in forums, likes feedback from people",
        ["planner"] = "follows a plan and a schedule, sets goals, takes notes, repeats regularly, checks progress, finishes one thing before the next",
    };

    /// <summary>The schema of an answer, with the personas and what they are.</summary>
    public static JsonElement Schema { get; } = JsonSerializer.SerializeToElement(new JsonObject
    {
        ["type"] = "object",
        ["required"] = new JsonArray("persona", "confidence", "reasons"),
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject
        {
            ["persona"] = new JsonObject
            {
                ["type"] = "string",
                ["enum"] = new JsonArray([.. All.Keys.Select(name => JsonValue.Create(name))]),
                ["description"] = string.Join('\n', All.Select(persona => $"{persona.Key}: {persona.Value}")),
            },
            ["confidence"] = new JsonObject { ["type"] = "number" },
            ["reasons"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
        },
    });
}
