using Queueing.Model.Tests.Exploring;
using Queueing.Model.Tests.Lease;

namespace Queueing.Model.Tests;

/// <summary>What the model can't reach, it can't check.</summary>
public sealed class ReachTests
{
    private static readonly LeaseModel Model = new(Scopes.TwoSlotsWithLateCommits with { MaxAttempts = 3 }, new(), Promise.None);

    public static TheoryData<string> Outcomes => [.. Enum.GetNames<Outcome>().Skip(1)];

    public static TheoryData<string> StepKinds => [.. Enum.GetNames<StepKind>().Except(["None", "SeeSession", "SeeOrphan", "SeeWaiting"])];

    public static TheoryData<string> Writes => ["Claim", "ReleaseHeld", "Complete", "Retry", "Fail", "HandBack", "CallOff"];

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void Every_outcome_comes_about(string outcome) =>
        AssertFound((_, state) => state.Jobs[0].Outcome == Enum.Parse<Outcome>(outcome));

    [Theory]
    [MemberData(nameof(StepKinds))]
    public void Every_step_is_taken(string kind) => AssertFound((step, _) => step.Kind == Enum.Parse<StepKind>(kind));

    [Theory]
    [MemberData(nameof(Writes))]
    public void Every_write_loses_its_answer_and_comes_late(string kind)
    {
        AssertFound((step, _) => step.Kind == Enum.Parse<StepKind>(kind) && step.Answer == Answer.IsLost);
        AssertFound((step, _) => step.Kind == Enum.Parse<StepKind>(kind) && step.Answer == Answer.IsLostBeforeCommit);
    }

    [Fact]
    public void A_job_is_tried_as_often_as_it_may() => AssertFound((_, state) => state.Jobs[0] is { OutcomeAttempt: 3, Outcome: Outcome.Failed });

    [Fact]
    public void A_stale_run_and_the_one_that_holds_the_job_run_at_once() => AssertFound((_, state) =>
        state.Workers[0].Runs[0] is { Job: 1, Holds: false } && state.Workers[0].Runs[1] is { Job: 1, Holds: true });

    private static void AssertFound(Func<Step, State, bool> found) =>
        Assert.Equal(Seek.Found, new Explorer<State, Step>(new Seek(Model, found)).Explore().Counterexample?.Promise);
}
