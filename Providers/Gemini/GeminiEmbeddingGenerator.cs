using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Providers.Gemini;

/// <summary>Makes vectors of texts by Gemini, all texts of a call in one request.</summary>
internal sealed class GeminiEmbeddingGenerator(GeminiHttp http, GeminiOptions options) : IEmbeddingGenerator<string, Embedding<float>>
{
    private readonly EmbeddingGeneratorMetadata metadata =
        new(GeminiOptions.ProviderName, options.Endpoint, options.EmbeddingModel, options.EmbeddingDimensions);

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var model = GeminiModel.NameOf(options?.ModelId ?? metadata.DefaultModelId!); // Without one there is no generator.
        var dimensions = options?.Dimensions ?? metadata.DefaultModelDimensions;
        var requests = values.Select(text => new GeminiEmbeddingRequest(GeminiModel.Prefix + model, new(Role: null, [new(text)]), dimensions));
        var answer = await http.EmbedAsync(model, new([.. requests]), cancellationToken);
        return new((answer.Embeddings ?? throw new JsonException("There are no vectors.")).Select(vector =>
            new Embedding<float>(UnitOf(vector.Values ?? throw new JsonException("A vector has no values."))) { ModelId = model }));
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    public void Dispose()
    {
        // The connections are GeminiHttp's.
    }

    /// <summary>With a length of 1, as the other providers' are: Gemini cuts a vector to fewer dimensions without making it so again.</summary>
    private static float[] UnitOf(IReadOnlyList<float> values)
    {
        var length = Math.Sqrt(values.Sum(value => (double)value * value));
        return double.IsFinite(length) && length > 0
            ? [.. values.Select(value => (float)(value / length))]
            : throw new JsonException("A vector has no direction.");
    }
}
