namespace ProviderSimulator.Scripts;

/// <summary>A script from the moment that it was set. Not safe for concurrent use.</summary>
internal sealed class ScriptPlayer(Script script, DateTimeOffset begun)
{
    private readonly RulePlayer<PaceRule>[] pace = [.. script.Pace.Select(rule => new RulePlayer<PaceRule>(rule))];
    private readonly RulePlayer<FaultRule>[] faults = [.. script.Faults.Select(rule => new RulePlayer<FaultRule>(rule))];

    public Script Script => script;

    public Fate Choose(string model, Operation operation, DateTimeOffset now)
    {
        var since = now - begun;
        var fault = Array.Find(faults, player => player.Chooses(model, operation, since))?.Rule;
        return Array.Find(pace, player => player.Chooses(model, operation, since)) is { Rule: var rule, Jitter: var jitter }
            ? new(rule.Latency + (jitter.NextDouble() * rule.Jitter), rule.FirstToken, rule.PerToken, fault)
            : Fate.None with { Fault = fault };
    }
}
