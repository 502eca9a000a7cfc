namespace Queueing.Model.Tests.Exploring;

/// <summary>A protocol as a graph: its states, and every step that can be taken in each.</summary>
internal interface IModel<TState, TStep>
    where TState : struct, IEquatable<TState>
{
    TState Initial { get; }

    void AddSteps(in TState state, List<(TStep Step, TState After)> steps);

    /// <summary>One state for all that differ in names only; without it the names of sessions would never end.</summary>
    TState Canonical(in TState state);

    /// <returns>The promise that the step broke, or null.</returns>
    string? BrokenBy(in TState before, TStep step, in TState after);

    bool IsGoal(in TState state);

    /// <summary>Whether the step happens in time when nothing goes wrong any more.</summary>
    bool IsFair(in TState before, TStep step);

    string Describe(in TState state);
}
