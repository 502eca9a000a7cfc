using System.Runtime.InteropServices;

namespace Queueing.Model.Tests.Exploring;

/// <summary>
/// Visits every reachable state, breadth first, so that the counterexample it returns is a shortest one; then looks for
/// states from which no goal can be reached by fair steps.
/// </summary>
internal sealed class Explorer<TState, TStep>(IModel<TState, TStep> model)
    where TState : struct, IEquatable<TState>
{
    /// <summary>The promise that a state without a fair way to a goal breaks.</summary>
    public const string Progress = "Progress";

    private readonly Dictionary<TState, int> numbers = [];
    private readonly List<TState> states = [];
    private readonly List<int> parents = [];
    private readonly List<(int From, int To)> fair = [];
    private long transitions;

    public Exploration Explore()
    {
        var initial = model.Initial;
        Visit(model.Canonical(in initial), parent: -1);
        var steps = new List<(TStep Step, TState After)>();
        for (var number = 0; number < states.Count; number++)
        {
            var before = states[number];
            steps.Clear();
            model.AddSteps(in before, steps);
            transitions += steps.Count;
            foreach (var (step, after) in steps)
            {
                var next = Visit(model.Canonical(in after), number);
                if (model.BrokenBy(in before, step, in after) is { } promise)
                {
                    return Result(new(promise, Tell([.. PathTo(number), next], promise)));
                }

                if (model.IsFair(in before, step))
                {
                    fair.Add((number, next));
                }
            }
        }

        return Result(FirstStuck() is { } stuck ? new(Progress, Tell(PathTo(stuck), promise: null)) : null);
    }

    private int Visit(in TState state, int parent)
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, state, out var known);
        if (!known)
        {
            number = states.Count;
            states.Add(state);
            parents.Add(parent);
        }

        return number;
    }

    private Exploration Result(Counterexample? counterexample) =>
        new(states.Count, transitions, PathTo(states.Count - 1).Count - 1, counterexample);

    private List<int> PathTo(int number)
    {
        var path = new List<int>();
        for (; number >= 0; number = parents[number])
        {
            path.Add(number);
        }

        path.Reverse();
        return path;
    }

    private int? FirstStuck()
    {
        var (first, sources) = FairSteps();
        var ends = new bool[states.Count];
        var found = new Stack<int>(Enumerable.Range(0, states.Count).Where(number => model.IsGoal(states[number])));
        while (found.TryPop(out var number))
        {
            if (!ends[number])
            {
                ends[number] = true;
                foreach (var source in sources.AsSpan(first[number]..first[number + 1]))
                {
                    found.Push(source);
                }
            }
        }

        return Array.IndexOf(ends, false) is >= 0 and var stuck ? stuck : null;
    }

    /// <returns>The states that fair steps come from, those into state n at first[n] up to first[n + 1].</returns>
    private (int[] First, int[] Sources) FairSteps()
    {
        var first = new int[states.Count + 1];
        foreach (var (_, to) in fair)
        {
            first[to]++;
        }

        var sum = 0;
        for (var number = 0; number <= states.Count; number++)
        {
            first[number] = sum += first[number];
        }

        var sources = new int[fair.Count];
        foreach (var (from, to) in fair)
        {
            sources[--first[to]] = from;
        }

        return (first, sources);
    }

    // Canonical states rename things between steps; told again without renaming, a name stays one thing's name.
    private List<string> Tell(List<int> path, string? promise)
    {
        var lines = new List<string>();
        var before = model.Initial;
        var steps = new List<(TStep Step, TState After)>();
        for (var i = 1; i < path.Count; i++)
        {
            steps.Clear();
            model.AddSteps(in before, steps);
            var broken = i == path.Count - 1 ? promise : null;
            var (step, after) = steps.First(to =>
                model.Canonical(to.After).Equals(states[path[i]]) && (broken is null || model.BrokenBy(before, to.Step, to.After) == broken));
            lines.Add($"{i,3}. {step,-66} {model.Describe(in after)}");
            before = after;
        }

        return lines;
    }
}
