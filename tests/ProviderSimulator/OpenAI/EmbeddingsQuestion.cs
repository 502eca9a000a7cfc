using System.Runtime.InteropServices;
using ProviderSimulator.Answers;
using ProviderSimulator.Wire;

namespace ProviderSimulator.OpenAI;

internal sealed class EmbeddingsQuestion : Question
{
    public required IReadOnlyList<string> Inputs { get; init; }

    public required int Dimensions { get; init; }

    public required bool Base64 { get; init; }

    public override object Whole(Reply reply, string id, long created) => List(Inputs);

    public override object Nothing(string id, long created) => List([]);

    private object List(IEnumerable<string> inputs) => new
    {
        @object = "list",
        data = inputs.Select((input, index) => new { @object = "embedding", index, embedding = Written(WordVector.Of(input, Dimensions)) }),
        model = Model,
        usage = new { prompt_tokens = PromptTokens, total_tokens = PromptTokens },
    };

    private object Written(float[] vector) => Base64 ? Convert.ToBase64String(MemoryMarshal.AsBytes<float>(vector)) : vector;
}
