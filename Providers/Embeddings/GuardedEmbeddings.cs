using Microsoft.Extensions.AI;
using Providers.Guard.Calls;
using Queueing;

namespace Providers.Embeddings;

/// <summary>
/// A provider's vectors behind its guard. There is no chain of them: vectors of two models can't be compared. In an attempt's scope the calls
/// are the attempt's.
/// </summary>
internal sealed class GuardedEmbeddings(string provider, IEmbeddingGenerator<string, Embedding<float>> generator, ProviderGuards guards, CurrentJob job)
    : IEmbeddingGenerator<string, Embedding<float>>
{
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = [.. values];
        var model = options?.ModelId ?? generator.GetService<EmbeddingGeneratorMetadata>()?.DefaultModelId ?? "";
        var guard = guards.For(provider, model);
        var call = new ProviderCall(TokenEstimate.Of(texts), price: guard.Price, job: job.Context);
        var embeddings = await guard.CallAsync(
            call,
            async token =>
            {
                var embeddings = await generator.GenerateAsync(texts, options, token);
                if (embeddings.Usage?.InputTokenCount is { } tokens)
                {
                    call.Use(tokens, 0);
                }

                return embeddings;
            },
            cancellationToken);
        job.Context?.AddUsage(new(provider, model, call.UsedTokens?.Input ?? 0, 0, call.Cost ?? call.EstimatedCost));
        return embeddings;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : generator.GetService(serviceType, serviceKey);

    public void Dispose()
    {
        // The generator is the host's.
    }
}
