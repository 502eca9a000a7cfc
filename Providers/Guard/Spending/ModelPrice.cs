namespace Providers;

/// <summary>What a model costs, in the currency that the budget is kept in.</summary>
/// <param name="InputPerMillion">For a million tokens read.</param>
/// <param name="OutputPerMillion">For a million tokens written.</param>
/// <param name="PerCall">For each call.</param>
public sealed record ModelPrice(decimal InputPerMillion = 0, decimal OutputPerMillion = 0, decimal PerCall = 0)
{
    /// <summary>What costs nothing, and is not in the ledger.</summary>
    public static ModelPrice Free { get; } = new();

    /// <summary>What a call costs, to the tenth decimal.</summary>
    public decimal CostOf(long inputTokens, long outputTokens) =>
        decimal.Round(PerCall + (((inputTokens * InputPerMillion) + (outputTokens * OutputPerMillion)) / 1_000_000), 10);
}
