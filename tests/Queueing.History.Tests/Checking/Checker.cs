using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests.Checking;

/// <summary>What a rule found.</summary>
internal sealed record Verdict(string Rule, IReadOnlyList<string> Violations);

/// <summary>Holds a history to the queue's promises.</summary>
internal static class Checker
{
    private static readonly (string Name, Func<RunHistory, IEnumerable<string>> Check)[] Rules =
    [
        (nameof(AcceptedJobsEndOnce), AcceptedJobsEndOnce.Check),
        (nameof(NothingIsInvented), NothingIsInvented.Check),
        (nameof(CallsAreWholeOrNothing), CallsAreWholeOrNothing.Check),
        (nameof(EffectsBelongToOutcomes), EffectsBelongToOutcomes.Check),
        (nameof(FollowUpsComeOnce), FollowUpsComeOnce.Check),
        (nameof(ContinuationsComeWithEnds), ContinuationsComeWithEnds.Check),
        (nameof(StaleAttemptsEndNothing), StaleAttemptsEndNothing.Check),
        (nameof(AttemptsComeFromClaims), AttemptsComeFromClaims.Check),
        (nameof(AttemptsStayWithinTheLimit), AttemptsStayWithinTheLimit.Check),
        (nameof(EndsHaveReasons), EndsHaveReasons.Check),
        (nameof(CancelledMeansCancelled), CancelledMeansCancelled.Check),
        (nameof(PausedQueuesGiveNothing), PausedQueuesGiveNothing.Check),
        (nameof(CapsHold), CapsHold.Check),
        (nameof(LivingSessionsKeepTheirJobs), LivingSessionsKeepTheirJobs.Check),
        (nameof(CountersEqualAScan), CountersEqualAScan.Check),
        (nameof(NothingIsLeft), NothingIsLeft.Check),
        (nameof(WorkersDieByOurHandOnly), WorkersDieByOurHandOnly.Check),
    ];

    public static IReadOnlyList<Verdict> Check(RunHistory history) =>
        [.. Rules.Select(rule => new Verdict(rule.Name, [.. rule.Check(history)]))];
}
