using System.ComponentModel.DataAnnotations;

namespace ProviderSimulator.Records;

/// <summary>What a model costs.</summary>
public sealed record Price
{
    /// <summary>Per 1,000 tokens read. Defaults to nothing.</summary>
    [Range(typeof(decimal), "0", "1000000")]
    public decimal Prompt { get; init; }

    /// <summary>Per 1,000 tokens written. Defaults to nothing.</summary>
    [Range(typeof(decimal), "0", "1000000")]
    public decimal Completion { get; init; }

    public decimal Of(long promptTokens, long completionTokens) => ((promptTokens * Prompt) + (completionTokens * Completion)) / 1000m;
}
