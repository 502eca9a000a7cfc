using ProviderSimulator.Answers;
using ProviderSimulator.Wire;

namespace ProviderSimulator.Gemini;

internal sealed class GeminiQuestion : Question
{
    public override object Whole(Reply reply, string id, long created) => Response(id, reply.Text, Reason(reply), reply.Pieces.Count);

    public override object Piece(string text, string id, long created) => Response(id, text, null, null);

    public override IEnumerable<object> Closing(Reply reply, string id, long created) => [Response(id, "", Reason(reply), reply.Pieces.Count)];

    public override object Blocked(string id) => new
    {
        promptFeedback = new { blockReason = "PROHIBITED_CONTENT" },
        usageMetadata = new { promptTokenCount = PromptTokens, totalTokenCount = PromptTokens },
        modelVersion = Model,
        responseId = id,
    };

    private Dictionary<string, object> Response(string id, string text, string? reason, int? written) => new()
    {
        ["candidates"] = new[] { Candidate(text, reason) },
        ["usageMetadata"] = new { promptTokenCount = PromptTokens, candidatesTokenCount = written ?? 0, totalTokenCount = PromptTokens + (written ?? 0) },
        ["modelVersion"] = Model,
        ["responseId"] = id,
    };

    /// <summary>Google leaves out what is empty: a candidate without text has no parts.</summary>
    private static Dictionary<string, object> Candidate(string text, string? reason)
    {
        Dictionary<string, object> candidate = new()
        {
            ["content"] = text.Length > 0 ? new { parts = new[] { new { text } }, role = "model" } : new { role = "model" },
            ["index"] = 0,
        };
        if (reason is not null)
        {
            candidate["finishReason"] = reason;
        }

        return candidate;
    }

    private static string Reason(Reply reply) => reply.Truncated ? "MAX_TOKENS" : "STOP";
}
