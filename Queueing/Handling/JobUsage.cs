using System.Text.Json.Serialization;

namespace Queueing;

/// <summary>What a job used of a provider.</summary>
/// <param name="Provider">Who did the work, for instance "local".</param>
/// <param name="Model">The model's name.</param>
/// <param name="InputTokens">Tokens read, as the provider counts them.</param>
/// <param name="OutputTokens">Tokens written, as the provider counts them.</param>
/// <param name="Cost">In the currency that the provider's prices are configured in.</param>
/// <param name="Why">Why it wasn't the provider and model that are asked first, for instance "openai: circuit-open"; null when it was.</param>
public sealed record JobUsage(
    string Provider,
    string Model,
    long InputTokens,
    long OutputTokens,
    decimal Cost,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Why = null)
{
    /// <summary>Both together: the sums, under the names of the later one.</summary>
    internal static JobUsage Sum(JobUsage? earlier, JobUsage later) => earlier is null ? later : later with
    {
        InputTokens = earlier.InputTokens + later.InputTokens,
        OutputTokens = earlier.OutputTokens + later.OutputTokens,
        Cost = earlier.Cost + later.Cost,
        Why = later.Why ?? earlier.Why,
    };
}
