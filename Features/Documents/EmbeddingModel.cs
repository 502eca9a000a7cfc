using Microsoft.Extensions.AI;

namespace Features.Documents;

internal static class EmbeddingModel
{
    extension(IEmbeddingGenerator<string, Embedding<float>> embeddings)
    {
        /// <summary>The model that makes the vectors; those of two models can't be compared.</summary>
        public string ModelId => embeddings.GetService<EmbeddingGeneratorMetadata>()?.DefaultModelId
            ?? throw new InvalidOperationException("The generator of vectors doesn't say which model it asks.");
    }
}
