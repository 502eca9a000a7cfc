using Microsoft.Extensions.AI;

namespace Providers.Faults;

/// <summary>Lets a provider's generator fail with <see cref="ProviderException"/> and nothing else; fewer vectors than texts are a failure.</summary>
internal sealed class FaultEmbeddingGenerator(IEmbeddingGenerator<string, Embedding<float>> inner, FaultReader faults)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        string[] texts = [.. values];
        using var silence = faults.Listen(cancellationToken);
        silence.Begin();
        try
        {
            var embeddings = await base.GenerateAsync(texts, options, silence.Token);
            return embeddings.Count == texts.Length
                ? embeddings
                : throw faults.Failure(new(FaultWords.BadAnswer) { MayHaveCost = true, Status = 200 }, embeddings.Usage);
        }
        catch (Exception exception) when (faults.Read(exception, silence, usage: null) is { } failure)
        {
            throw failure;
        }
    }
}
