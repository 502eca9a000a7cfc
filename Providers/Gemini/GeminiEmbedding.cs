namespace Providers.Gemini;

/// <summary>What is sent for vectors.</summary>
internal sealed record GeminiEmbeddingBatch(IReadOnlyList<GeminiEmbeddingRequest> Requests);

/// <param name="Model">With <c>models/</c> before it, each time.</param>
/// <param name="Content">The text.</param>
/// <param name="OutputDimensionality">The length of the vector; null is left out.</param>
internal sealed record GeminiEmbeddingRequest(string Model, GeminiContent Content, int? OutputDimensionality);

/// <summary>A vector for each text, in their order.</summary>
internal sealed record GeminiEmbeddings(IReadOnlyList<GeminiVector>? Embeddings);

internal sealed record GeminiVector(IReadOnlyList<float>? Values);
