namespace ProviderSimulator.Scripts;

/// <summary>A rule and what it has seen so far. Not safe for concurrent use.</summary>
internal sealed class RulePlayer<TRule>(TRule rule) where TRule : Rule
{
    private readonly Random choice = new(rule.Seed);
    private long seen;

    public TRule Rule => rule;

    /// <summary>Draws for what the rule does; apart from the draws of whom it does it to, so that neither moves the other.</summary>
    public Random Jitter { get; } = new(rule.Seed);

    public bool Chooses(string model, Operation operation, TimeSpan since)
    {
        if (!ModelPattern.Matches(rule.Model, model)
            || (rule.Operation ?? operation) != operation
            || since < (rule.From ?? TimeSpan.Zero)
            || since >= (rule.To ?? TimeSpan.MaxValue))
        {
            return false;
        }

        seen++;
        var drawn = rule.Fraction is not { } fraction || choice.NextDouble() < fraction;
        return drawn && seen <= (rule.Next ?? long.MaxValue) && seen % (rule.Every ?? 1) == 0;
    }
}
