using ProviderSimulator.Records;

namespace ProviderSimulator.Limits;

/// <summary>A limit and what was let in lately. Not safe for concurrent use.</summary>
internal sealed class Limit(LimitRule rule)
{
    private readonly SlidingMinute admitted = new();

    /// <summary>May change while it counts: what was let in stays counted.</summary>
    public LimitRule Rule { get; set; } = rule;

    private long MostCalls => Rule.RequestsPerMinute ?? long.MaxValue;

    private long MostTokens => Rule.TokensPerMinute ?? long.MaxValue;

    /// <summary>Null when the call fits; otherwise when it will, and for ever when it never will.</summary>
    public LimitRefusal? RefusalOf(long tokens, DateTimeOffset now)
    {
        admitted.MoveTo(now);
        return tokens > MostTokens ? new(Rule, OfTokens: true, RetryAfter: null)
            : admitted.UntilAtMost(MostCalls - 1, MostTokens - tokens, now) is { } wait
                ? new(Rule, OfTokens: admitted.Calls < MostCalls, wait)
                : null;
    }

    public void Admit(long tokens, DateTimeOffset now) => admitted.Add(now, tokens);

    public RateState StateAt(DateTimeOffset now)
    {
        admitted.MoveTo(now);
        return new(Rule, Math.Max(0, MostCalls - admitted.Calls), Math.Max(0, MostTokens - admitted.Tokens), admitted.UntilEmpty(now));
    }
}
