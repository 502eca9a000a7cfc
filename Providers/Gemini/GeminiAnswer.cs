namespace Providers.Gemini;

/// <summary>A whole answer, or a piece of a stream.</summary>
internal sealed record GeminiAnswer
{
    public IReadOnlyList<GeminiCandidate>? Candidates { get; init; }

    public GeminiFeedback? PromptFeedback { get; init; }

    public GeminiUsage? UsageMetadata { get; init; }

    public string? ModelVersion { get; init; }

    public string? ResponseId { get; init; }

    /// <summary>In place of all of that, where a stream fails after its start.</summary>
    public GeminiError? Error { get; init; }
}

internal sealed record GeminiCandidate(GeminiContent? Content, string? FinishReason);

/// <summary>Why the question is not answered.</summary>
internal sealed record GeminiFeedback(string? BlockReason);

/// <summary>The tokens so far, in a stream too.</summary>
internal sealed record GeminiUsage(
    long? PromptTokenCount, long? CandidatesTokenCount, long? TotalTokenCount, long? CachedContentTokenCount, long? ThoughtsTokenCount);
