using ProviderSimulator.Answers;
using ProviderSimulator.Wire;

namespace ProviderSimulator.OpenAI;

internal sealed class ChatQuestion : Question
{
    /// <summary>Whether a stream tells the tokens at its end.</summary>
    public required bool WantsUsage { get; init; }

    public override object Whole(Reply reply, string id, long created) => new
    {
        id = $"chatcmpl-{id}",
        @object = "chat.completion",
        created,
        model = Model,
        choices = new[]
        {
            new
            {
                index = 0,
                message = new { role = "assistant", content = reply.Text, refusal = (string?)null },
                logprobs = (object?)null,
                finish_reason = Reason(reply),
            },
        },
        usage = Usage(reply),
        system_fingerprint = "fp_simulator",
    };

    public override IEnumerable<object> Opening(string id, long created) =>
        [Chunk(id, created, [Choice(new { role = "assistant", content = "", refusal = (string?)null }, null)])];

    public override object Piece(string text, string id, long created) => Chunk(id, created, [Choice(new { content = text }, null)]);

    public override IEnumerable<object> Closing(Reply reply, string id, long created)
    {
        yield return Chunk(id, created, [Choice(new { }, Reason(reply))]);
        if (WantsUsage)
        {
            yield return Chunk(id, created, [], Usage(reply));
        }
    }

    private object Chunk(string id, long created, object[] choices, object? usage = null) => new
    {
        id = $"chatcmpl-{id}",
        @object = "chat.completion.chunk",
        created,
        model = Model,
        system_fingerprint = "fp_simulator",
        choices,
        usage,
    };

    private static object Choice(object delta, string? reason) => new { index = 0, delta, logprobs = (object?)null, finish_reason = reason };

    private static string Reason(Reply reply) => reply.Truncated ? "length" : "stop";

    private object Usage(Reply reply) => new
    {
        prompt_tokens = PromptTokens,
        completion_tokens = reply.Pieces.Count,
        total_tokens = PromptTokens + reply.Pieces.Count,
    };
}
