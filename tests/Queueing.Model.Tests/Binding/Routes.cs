using Queueing.Model.Tests.Lease;

namespace Queueing.Model.Tests.Binding;

/// <summary>A shortest way to each kind of change that the model knows, so that a few walks make them all.</summary>
internal static class Routes
{
    /// <returns>For each kind of change, the states on the way to it; the last one is after it.</returns>
    public static Dictionary<string, List<State>> Find(LeaseModel model, Scope scope)
    {
        var initial = model.Initial;
        var parents = new Dictionary<State, State?> { [model.Canonical(in initial)] = null };
        var open = new Queue<State>(parents.Keys);
        var routes = new Dictionary<string, List<State>>();
        var steps = new List<(Step Step, State After)>();
        while (open.TryDequeue(out var before))
        {
            steps.Clear();
            model.AddSteps(in before, steps);
            foreach (var (step, after) in steps)
            {
                var next = model.Canonical(in after);
                if (parents.TryAdd(next, before))
                {
                    open.Enqueue(next);
                }

                var change = Change.Of(step, before, after, scope);
                if (Change.IsDatabases(step.Kind) && !routes.ContainsKey(change))
                {
                    routes[change] = [.. WayTo(before, parents), next];
                }
            }
        }

        return routes;
    }

    private static List<State> WayTo(State state, Dictionary<State, State?> parents)
    {
        var way = new List<State>();
        for (State? at = state; at is { } here; at = parents[here])
        {
            way.Add(here);
        }

        way.Reverse();
        return way;
    }
}
