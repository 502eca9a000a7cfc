using ProviderSimulator.Answers;
using ProviderSimulator.Wire;

namespace ProviderSimulator.Gemini;

internal sealed class GeminiEmbeddingsQuestion : Question
{
    // Whoever takes them for unit vectors is found out.
    private const float Length = 2;

    public required IReadOnlyList<(string Text, int Dimensions)> Inputs { get; init; }

    public override object Whole(Reply reply, string id, long created) =>
        new { embeddings = Inputs.Select(input => new { values = WordVector.Of(input.Text, input.Dimensions).Select(value => value * Length).ToArray() }).ToArray() };

    /// <summary>Google leaves out what is empty.</summary>
    public override object Nothing(string id, long created) => new { };
}
