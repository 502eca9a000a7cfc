using Queueing.Model.Tests.Exploring;
using Queueing.Model.Tests.Lease;

namespace Queueing.Model.Tests;

/// <summary>Each part that the protocol needs: left out, a promise breaks, and the explorer says how.</summary>
public sealed class MutantTests(ITestOutputHelper output)
{
    private static readonly Scope Workers = new();
    private static readonly Scope Slots = Scopes.OneWorkerTwoSlots;
    private static readonly Scope Stops = Scopes.TwoSlotsWithLateCommits;
    private static readonly Scope LateCommits = new() { Workers = 1, CommitsComeLate = true, JobsAreCancelled = false, WorkersStop = false };

    private static readonly Dictionary<string, (Protocol Mutant, Scope Scope, string Broken)> Mutants = new()
    {
        ["the fence without the attempt"] = (new() { FencesByAttempt = false }, Slots, nameof(Promise.StaleWritesChangeNothing)),
        ["the fence without the session"] = (new() { FencesBySession = false, RepeatsHandBack = true }, Workers, nameof(Promise.StaleWritesChangeNothing)),
        ["a claim that doesn't look at the session"] = (new() { ClaimChecksSession = false }, Workers, nameof(Promise.EndedSessionsGetNothing)),
        ["a claim that doesn't lock the session"] = (new() { ClaimLocksSession = false }, Workers, nameof(Promise.EndedSessionsGetNothing)),
        ["a rescue that doesn't look at the session"] =
            (new() { RescueChecksSession = false }, Workers, nameof(Promise.LivingSessionsKeepTheirJobs)),
        ["a rescue that judges an older row than it takes"] =
            (new() { RescueLooksAgain = false }, Workers, nameof(Promise.LivingSessionsKeepTheirJobs)),
        ["a rescue that doesn't mind attempts"] =
            (new() { RescueMindsAttempts = false, RescueMindsPoison = false }, Workers, nameof(Promise.AttemptsStayWithinTheLimit)),
        ["a rescue that doesn't mind poison"] = (new() { RescueMindsPoison = false }, Slots, nameof(Promise.PoisonEnds)),
        ["a rescue that doesn't mind cancels"] = (new() { RescueMindsCancel = false }, Workers, nameof(Promise.CalledOffJobsDoNotWait)),
        ["a retry that doesn't mind attempts"] = (new() { RetryMindsAttempts = false }, Workers, nameof(Promise.AttemptsStayWithinTheLimit)),
        ["a retry that doesn't mind cancels"] = (new() { RetryMindsCancel = false }, Workers, nameof(Promise.CalledOffJobsDoNotWait)),
        ["a hand-back that doesn't mind cancels"] = (new() { HandBackMindsCancel = false }, Workers, nameof(Promise.CalledOffJobsDoNotWait)),
        ["a release that doesn't mind cancels"] = (new() { ReleaseMindsCancel = false }, Workers, nameof(Promise.CalledOffJobsDoNotWait)),
        ["a cancel that judges an older row than it takes"] = (new() { CancelLooksAgain = false }, Workers, nameof(Promise.AtMostOneOutcome)),
        ["an effect that commits by itself"] =
            (new() { EffectJoinsOutcome = false }, Workers, nameof(Promise.EffectsAreRecordedOnceAndOnlyWithCompletion)),
        ["a completion that takes any for its own"] = (new() { AsksForItsAttempt = false }, Workers, nameof(Promise.WorkersAreToldTheTruth)),
        ["a hand-back that is repeated"] = (new() { RepeatsHandBack = true }, Slots, nameof(Promise.StaleWritesChangeNothing)),
        ["a refused hand-back that cancels unasked"] =
            (new() { RepeatsHandBack = true, CallOffChecksCancel = false }, Slots, nameof(Promise.OnlyCalledOffJobsAreCancelled)),
        ["a retry given up for refused that cancels unasked"] =
            (new() { CallOffChecksCancel = false }, Stops, nameof(Promise.OnlyCalledOffJobsAreCancelled)),
        ["an unsure worker that releases nothing"] = (new() { ReleasesUnknown = false }, Workers, Explorer<State, Step>.Progress),
        ["a release that spares whatever runs"] = (new() { Spares = Spared.Any }, Slots, Explorer<State, Step>.Progress),
        ["a release that spares whatever runs in its session"] =
            (new() { Spares = Spared.SameSession }, Slots, Explorer<State, Step>.Progress),
        ["a release once for each lost answer, of commits that come late"] = (new(), LateCommits, Explorer<State, Step>.Progress),
    };

    public static TheoryData<string> Names => [.. Mutants.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Breaks_a_promise(string mutant)
    {
        var (protocol, scope, broken) = Mutants[mutant];
        var looked = Enum.TryParse<Promise>(broken, out var promise) ? promise : Promise.Essential;

        var counterexample = new Explorer<State, Step>(new LeaseModel(scope, protocol, looked)).Explore().Counterexample;

        output.WriteLine($"{mutant}: {counterexample}");
        Assert.Equal(broken, counterexample?.Promise);
    }
}
