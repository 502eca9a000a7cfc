using System.Text.Json;
using ProviderSimulator.Answers;
using ProviderSimulator.Limits;
using ProviderSimulator.Scripts;
using ProviderSimulator.Wire;

namespace ProviderSimulator.Gemini;

/// <summary><c>POST /v1beta/models/{model}:batchEmbedContents</c></summary>
internal sealed class GeminiEmbeddingsFormat : IJsonFormat
{
    private const int MostDimensions = 3072;
    private const int MostInputs = 100;

    public Operation Operation => Operation.Embeddings;

    public byte[] StreamEnd => [];

    public Question Read(HttpRequest request, JsonElement body, int answerTokens)
    {
        var model = request.RouteValues["model"] as string ?? "";
        var inputs = body.List("requests").Select(item => InputOf(item, model)).ToList();
        return inputs.Count is > 0 and <= MostInputs
            ? new GeminiEmbeddingsQuestion { Model = model, PromptTokens = inputs.Sum(input => (long)Tokens.Of(input.Text)), Inputs = inputs }
            : throw new BadQuestionException($"BatchEmbedContentsRequest.requests: 1 to {MostInputs} requests can be in one batch", "requests");
    }

    public object Error(WireError error) => GeminiErrors.Body(error);

    public void AddHeaders(IHeaderDictionary headers, string id, RateState? rate, WireError? error, DateTimeOffset now)
    {
        // Google tells nothing of limits in headers.
    }

    private static (string Text, int Dimensions) InputOf(JsonElement item, string model)
    {
        if (item.Text("model") != $"models/{model}")
        {
            throw new BadQuestionException("EmbedContentRequest.model: it must be that of the batch, with models/ before it", "model");
        }

        var dimensions = item.Integer("outputDimensionality") ?? MostDimensions;
        var parts = (item.Field("content") ?? default).List("parts").Select(part => part.Text("text")).OfType<string>();
        return dimensions is >= 1 and <= MostDimensions
            ? (string.Join('\n', parts), dimensions)
            : throw new BadQuestionException($"outputDimensionality must be 1 to {MostDimensions}", "outputDimensionality");
    }
}
