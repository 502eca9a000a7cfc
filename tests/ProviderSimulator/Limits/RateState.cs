namespace ProviderSimulator.Limits;

/// <summary>How a call stands towards a limit, after it was let in or refused.</summary>
/// <param name="Rule">The limit.</param>
/// <param name="RemainingRequests">What is left of it.</param>
/// <param name="RemainingTokens">What is left of it.</param>
/// <param name="UntilFull">When all of it is there again, if nothing more comes.</param>
internal sealed record RateState(LimitRule Rule, long RemainingRequests, long RemainingTokens, TimeSpan UntilFull);
