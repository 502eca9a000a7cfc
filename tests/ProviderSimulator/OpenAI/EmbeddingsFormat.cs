using System.Text.Json;
using ProviderSimulator.Answers;
using ProviderSimulator.Limits;
using ProviderSimulator.Scripts;
using ProviderSimulator.Wire;

namespace ProviderSimulator.OpenAI;

/// <summary><c>POST /v1/embeddings</c></summary>
internal sealed class EmbeddingsFormat : IJsonFormat
{
    private const int UsualDimensions = 1536;
    private const int MostDimensions = 3072;
    private const int MostInputs = 2048;

    public Operation Operation => Operation.Embeddings;

    public byte[] StreamEnd => [];

    public Question Read(HttpRequest request, JsonElement body, int answerTokens)
    {
        var inputs = Inputs(body);
        var dimensions = body.Integer("dimensions") ?? UsualDimensions;
        if (dimensions is < 1 or > MostDimensions)
        {
            throw new BadQuestionException($"'dimensions' must be 1 to {MostDimensions}.", "dimensions");
        }

        return new EmbeddingsQuestion
        {
            Model = body.Model(),
            PromptTokens = inputs.Sum(input => (long)Tokens.Of(input)),
            Inputs = inputs,
            Dimensions = dimensions,
            Base64 = body.Text("encoding_format") switch
            {
                null or "float" => false,
                "base64" => true,
                _ => throw new BadQuestionException("'encoding_format' is not one of float and base64.", "encoding_format"),
            },
        };
    }

    public object Error(WireError error) => OpenAIErrors.Body(error);

    public void AddHeaders(IHeaderDictionary headers, string id, RateState? rate, WireError? error, DateTimeOffset now) =>
        OpenAIHeaders.Add(headers, id, rate, error, now);

    /// <summary>A text, a list of texts, a list of token numbers, or a list of such lists; numbers are taken for words.</summary>
    private static IReadOnlyList<string> Inputs(JsonElement body)
    {
        IReadOnlyList<string> inputs = body.Field("input") switch
        {
            { ValueKind: JsonValueKind.String } text => [text.GetString()!], // It is a string.
            { ValueKind: JsonValueKind.Array } list when list.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number) => [Words(list)],
            { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(item => item.ValueKind switch
            {
                JsonValueKind.String => item.GetString()!, // It is a string.
                JsonValueKind.Array => Words(item),
                _ => throw new BadQuestionException("'input' must be a text, or a list of texts or of tokens.", "input"),
            })],
            _ => [],
        };
        return inputs.Count is > 0 and <= MostInputs && inputs.All(input => Tokens.Of(input) > 0)
            ? inputs
            : throw new BadQuestionException($"'input' must be 1 to {MostInputs} texts, none of them empty.", "input");
    }

    private static string Words(JsonElement tokens) => string.Join(' ', tokens.EnumerateArray().Select(token => token.GetRawText()));
}
