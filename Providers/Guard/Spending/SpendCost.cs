namespace Providers.Guard.Spending;

/// <summary>What a call has cost.</summary>
/// <param name="Amount">Null when nobody knows: its estimate.</param>
/// <param name="InputTokens">Tokens read, where the provider said it.</param>
/// <param name="OutputTokens">Tokens written, where the provider said it.</param>
internal readonly record struct SpendCost(decimal? Amount, long? InputTokens = null, long? OutputTokens = null);
