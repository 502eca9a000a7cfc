using System.Text.Json;
using Features.Jobs;
using Microsoft.Extensions.AI;
using Queueing;

namespace Features.Assessments;

/// <summary>How any model is asked to put findings into words.</summary>
internal static class AdvicePrompt
{
    private const int MostTokens = 800;

    private const string Instruction = """
        A learner has taken a test, and the user's message says how it went. Put it into words for the learner: a summary of two or three
        sentences, and for each topic of 'next' what to do about it. Be friendly and exact; say nothing that the data doesn't hold.
        """;

    /// <returns>The words, and the tokens that they took, read and written.</returns>
    /// <exception cref="JsonException">The model answered something else. It may answer better when asked again.</exception>
    public static async Task<(StudyAdvice Advice, long Tokens)> AskAsync(IChatClient chat, Test test, TestFindings findings, CancellationToken cancellationToken)
    {
        var (advice, tokens) = await chat.AskAsync<StudyAdvice>(Instruction, TextOf(test, findings), Options(), cancellationToken);
        return advice.Summary.Length > 0 ? (advice, tokens) : throw new JsonException("The model answered without a summary.");
    }

    private static string TextOf(Test test, TestFindings findings) => JsonSerializer.Serialize(
        new { test = test.Title, findings.Score, findings.MaxScore, findings.Strengths, findings.WeakTopics, findings.Next }, JobJson.Options);

    private static ChatOptions Options() => new()
    {
        MaxOutputTokens = MostTokens,
        ResponseFormat = ChatResponseFormat.ForJsonSchema(
            JsonElement.Parse("""
                {
                  "type": "object",
                  "required": ["summary", "advice"],
                  "additionalProperties": false,
                  "properties": {
                    "summary": { "type": "string" },
                    "advice": {
                      "type": "array",
                      "items": {
                        "type": "object",
                        "required": ["topic", "text"],
                        "additionalProperties": false,
                        "properties": { "topic": { "type": "string" }, "text": { "type": "string" } }
                      }
                    }
                  }
                }
                """),
            "study-advice",
            "Words for what a test says of a learner"),
    };
}
