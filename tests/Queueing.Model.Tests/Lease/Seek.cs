using Queueing.Model.Tests.Exploring;

namespace Queueing.Model.Tests.Lease;

/// <summary>The same graph, in which reaching something counts as the broken promise: so it is found, by a shortest way.</summary>
internal sealed class Seek(LeaseModel model, Func<Step, State, bool> found) : IModel<State, Step>
{
    public const string Found = "Found";

    public State Initial => model.Initial;

    public void AddSteps(in State state, List<(Step Step, State After)> steps) => model.AddSteps(in state, steps);

    public State Canonical(in State state) => model.Canonical(in state);

    public string? BrokenBy(in State before, Step step, in State after) => found(step, after) ? Found : null;

    public bool IsGoal(in State state) => model.IsGoal(in state);

    public bool IsFair(in State before, Step step) => model.IsFair(in before, step);

    public string Describe(in State state) => model.Describe(in state);
}
