using Queueing.Model.Tests.Exploring;
using Queueing.Model.Tests.Lease;

namespace Queueing.Model.Tests;

/// <summary>
/// A server may go on with a statement whose connection its worker has given up. Attempts may be given twice then, and a
/// run may lose its job to its own worker's late release; what is essential holds.
/// </summary>
public sealed class LateCommitTests(ITestOutputHelper output)
{
    [Fact]
    public void One_worker_keeps_the_essential_promises() =>
        AssertKept(Scopes.TwoSlotsWithLateCommits);

    [Fact]
    public void Two_workers_keep_the_essential_promises() =>
        AssertKept(Scopes.TwoWorkersWithLateCommits);

    private void AssertKept(Scope scope)
    {
        var model = new LeaseModel(scope, new() { ReleasesAgain = true }, Promise.Essential);

        var seen = new Explorer<State, Step>(model).Explore();

        output.WriteLine($"{seen.States} states, {seen.Transitions} steps, at most {seen.Depth} from the start");
        Assert.Null(seen.Counterexample?.ToString());
    }
}
