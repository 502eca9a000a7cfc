namespace Queueing.Model.Tests.Exploring;

/// <summary>What was seen, and the shortest way to a broken promise, if there is one.</summary>
internal sealed record Exploration(int States, long Transitions, int Depth, Counterexample? Counterexample);

/// <param name="Promise">The promise that is broken.</param>
/// <param name="Steps">How, one line a step, each with the state that it leads to.</param>
internal sealed record Counterexample(string Promise, IReadOnlyList<string> Steps)
{
    public override string ToString() => string.Join(Environment.NewLine, [$"{Promise} is broken by:", .. Steps]);
}
