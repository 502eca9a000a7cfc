using System.Text.Json;

namespace Providers.Gemini;

/// <summary>What is sent; null is left out.</summary>
internal sealed record GeminiRequest(IReadOnlyList<GeminiContent> Contents, GeminiContent? SystemInstruction, GenerationConfig? GenerationConfig);

/// <summary>A message.</summary>
/// <param name="Role">"user" or "model"; null in an instruction.</param>
/// <param name="Parts">Its text; null when the model wrote nothing.</param>
internal sealed record GeminiContent(string? Role, IReadOnlyList<GeminiPart>? Parts);

/// <summary>A piece of text.</summary>
/// <param name="Text">The text; null in a part of another kind.</param>
/// <param name="Thought">Whether the model only thought it.</param>
internal sealed record GeminiPart(string? Text, bool? Thought = null);

internal sealed record GenerationConfig
{
    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    public int? TopK { get; init; }

    public int? MaxOutputTokens { get; init; }

    public IReadOnlyList<string>? StopSequences { get; init; }

    public long? Seed { get; init; }

    public float? PresencePenalty { get; init; }

    public float? FrequencyPenalty { get; init; }

    public string? ResponseMimeType { get; init; }

    /// <summary>JSON Schema as it is; <c>responseSchema</c> would want Google's own dialect.</summary>
    public JsonElement? ResponseJsonSchema { get; init; }
}
