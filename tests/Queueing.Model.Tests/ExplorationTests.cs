using Queueing.Model.Tests.Exploring;
using Queueing.Model.Tests.Lease;

namespace Queueing.Model.Tests;

/// <summary>Every order of every step that the scopes allow, with any number of kills, lapses, lost answers and stops.</summary>
public sealed class ExplorationTests(ITestOutputHelper output)
{
    [Fact]
    public void Two_workers_keep_every_promise_of_two_jobs() => AssertKept(Scopes.TwoWorkersTwoJobs, new());

    [Fact]
    public void Workers_that_run_several_attempts_keep_every_promise_of_one_job() => AssertKept(Scopes.TwoWorkersTwoSlots, new());

    [Fact]
    public void A_worker_that_runs_several_attempts_keeps_every_promise_of_two_jobs() => AssertKept(Scopes.OneWorkerTwoSlotsTwoJobs, new());

    [Fact]
    public void A_fence_by_claim_lets_hand_backs_be_repeated() => AssertKept(
        Scopes.OneWorkerTwoSlots, new() { FencesByClaim = true, Spares = Spared.SameClaim, RepeatsHandBack = true });

    private void AssertKept(Scope scope, Protocol protocol)
    {
        var seen = new Explorer<State, Step>(new LeaseModel(scope, protocol)).Explore();

        output.WriteLine($"{seen.States} states, {seen.Transitions} steps, at most {seen.Depth} from the start");
        Assert.Null(seen.Counterexample?.ToString());
    }
}
