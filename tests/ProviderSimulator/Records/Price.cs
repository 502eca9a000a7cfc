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

    /// <summary>For each call that is answered, if only in part. Defaults to nothing.</summary>
    [Range(typeof(decimal), "0", "1000000")]
    public decimal Call { get; init; }

    public decimal Of(long promptTokens, long completionTokens) =>
        promptTokens + completionTokens == 0 ? 0 : Call + (((promptTokens * Prompt) + (completionTokens * Completion)) / 1000m);
}
