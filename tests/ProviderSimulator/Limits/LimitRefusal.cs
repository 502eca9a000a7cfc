namespace ProviderSimulator.Limits;

/// <summary>A call doesn't fit.</summary>
/// <param name="Rule">The limit.</param>
/// <param name="OfTokens">Whether tokens are what is missing, rather than calls.</param>
/// <param name="RetryAfter">When there will be room for it; null if never, because it is larger than the limit.</param>
internal sealed record LimitRefusal(LimitRule Rule, bool OfTokens, TimeSpan? RetryAfter);
