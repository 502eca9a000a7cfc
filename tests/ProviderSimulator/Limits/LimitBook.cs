using ProviderSimulator.Scripts;

namespace ProviderSimulator.Limits;

/// <summary>All limits. Not safe for concurrent use.</summary>
internal sealed class LimitBook
{
    private Limit[] limits = [];

    public IReadOnlyList<LimitRule> Rules => [.. limits.Select(limit => limit.Rule)];

    /// <summary>A limit that was there for the same models keeps what it let in: setting limits gives nobody a fresh minute.</summary>
    public void Set(IEnumerable<LimitRule> rules)
    {
        var before = limits.ToList();
        limits = [.. rules.Select(rule =>
        {
            var limit = before.Find(limit => limit.Rule.Model == rule.Model) ?? new(rule);
            before.Remove(limit);
            limit.Rule = rule;
            return limit;
        })];
    }

    /// <summary>Lets the call in, or says why not, and how it stands towards the first limit of its model.</summary>
    public (LimitRefusal? Refusal, RateState? State) Take(string model, long tokens, DateTimeOffset now)
    {
        var own = limits.Where(limit => ModelPattern.Matches(limit.Rule.Model, model)).ToList();
        var refusals = own.Select(limit => limit.RefusalOf(tokens, now)).OfType<LimitRefusal>().ToList();
        if (refusals.Count == 0)
        {
            own.ForEach(limit => limit.Admit(tokens, now));
        }

        // The refusal that takes longest to pass; one that never does takes longer than any.
        return (refusals.MaxBy(refusal => refusal.RetryAfter ?? TimeSpan.MaxValue), own.FirstOrDefault()?.StateAt(now));
    }

    public RateState? StateOf(string model, DateTimeOffset now) =>
        limits.FirstOrDefault(limit => ModelPattern.Matches(limit.Rule.Model, model))?.StateAt(now);
}
