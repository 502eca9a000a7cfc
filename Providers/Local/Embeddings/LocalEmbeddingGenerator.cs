using Microsoft.Extensions.AI;

namespace Providers.Local.Embeddings;

/// <summary>
/// Makes vectors inside the process, from the words that a text has (<see cref="TextVector"/>): texts are near each other that have words, or parts
/// of words, in common. What they mean it doesn't know; two words for one thing are two things. Usage counts words and punctuation marks
/// (<see cref="TokenCount"/>).
/// </summary>
internal sealed class LocalEmbeddingGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    // Vectors are stored under this name: another way to make them needs another name.
    public const string ModelId = "local-hashed-512";

    private readonly EmbeddingGeneratorMetadata metadata =
        new(LocalChatClient.ProviderName, defaultModelId: ModelId, defaultModelDimensions: TextVector.Dimensions);

    /// <exception cref="NotSupportedException">Another model or another number of dimensions is asked for.</exception>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (options is { ModelId: not (null or ModelId) } or { Dimensions: not (null or TextVector.Dimensions) })
        {
            throw new NotSupportedException(
                $"The local model is {ModelId} with {TextVector.Dimensions} dimensions; {options.ModelId ?? ModelId} with {options.Dimensions ?? TextVector.Dimensions} was asked for.");
        }

        // Hundreds of pieces take tens of milliseconds of processor time, which the caller's thread need not spend.
        return Task.Run(() => Generate(values, cancellationToken), cancellationToken);
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
    }

    private static GeneratedEmbeddings<Embedding<float>> Generate(IEnumerable<string> values, CancellationToken cancellationToken)
    {
        GeneratedEmbeddings<Embedding<float>> embeddings = [];
        long read = 0;
        foreach (var text in values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            embeddings.Add(new(TextVector.Of(text)) { ModelId = ModelId });
            read += TokenCount.Of(text);
        }

        embeddings.Usage = new() { InputTokenCount = read, TotalTokenCount = read };
        return embeddings;
    }
}
