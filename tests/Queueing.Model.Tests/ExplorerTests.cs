using Queueing.Model.Tests.Exploring;

namespace Queueing.Model.Tests;

/// <summary>The explorer on graphs whose answers can be read off.</summary>
public sealed class ExplorerTests
{
    [Fact]
    public void Every_state_is_visited_once()
    {
        var seen = Explore(new(Goal: 5, Limit: 9, Forbidden: -1));

        Assert.Equal((10, null), (seen.States, seen.Counterexample?.Promise));
    }

    [Fact]
    public void A_counterexample_is_a_shortest_one()
    {
        var seen = Explore(new(Goal: 5, Limit: 9, Forbidden: 7));

        Assert.Equal(("Forbidden", 3), (seen.Counterexample!.Promise, seen.Counterexample.Steps.Count));
    }

    [Fact]
    public void A_state_without_a_fair_way_to_a_goal_is_told_of()
    {
        // From eight, the goal is reached by unfair steps only.
        var seen = Explore(new(Goal: 10, Limit: 10, Forbidden: -1, FairBelow: 8));

        Assert.Equal(Explorer<int, int>.Progress, seen.Counterexample?.Promise);
    }

    [Fact]
    public void States_that_differ_in_names_only_are_one()
    {
        var seen = Explore(new(Goal: 5, Limit: 9, Forbidden: -1, Modulo: 3));

        Assert.Equal(3, seen.States);
    }

    private static Exploration Explore(Counter model) => new Explorer<int, int>(model).Explore();

    /// <summary>Counts up by one or by three.</summary>
    private sealed record Counter(int Goal, int Limit, int Forbidden, int FairBelow = int.MaxValue, int Modulo = int.MaxValue) : IModel<int, int>
    {
        public int Initial => 0;

        public void AddSteps(in int state, List<(int Step, int After)> steps)
        {
            foreach (var step in (int[])[1, 3])
            {
                if (state + step <= Limit)
                {
                    steps.Add((step, state + step));
                }
            }
        }

        public int Canonical(in int state) => state % Modulo;

        public string? BrokenBy(in int before, int step, in int after) => after == Forbidden ? "Forbidden" : null;

        public bool IsGoal(in int state) => state >= Goal || Modulo < int.MaxValue;

        public bool IsFair(in int before, int step) => before < FairBelow;

        public string Describe(in int state) => "";
    }
}
