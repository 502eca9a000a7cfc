using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests.Checking;

/// <summary>Jobs fail and are called off for what their script, their sender, or a lost worker did, and for nothing else.</summary>
internal static class EndsHaveReasons
{
    public static IEnumerable<string> Check(RunHistory history) => Ends(history).Concat(Failures(history));

    private static IEnumerable<string> Ends(RunHistory history)
    {
        var cancels = history.Cancels.Where(request => request.Answer != CancelAnswer.NotPending).Select(request => request.JobId).ToHashSet();
        return from outcome in history.Outcomes
               let job = history.JobOf.GetValueOrDefault(outcome.JobId)
               where job is not null && !HasReason(history, job, outcome, cancels)
               select $"job {job.Id} ({job.Script}) is {outcome.State} ({outcome.Error ?? "no error"}) in attempt {outcome.Attempt} for no reason";
    }

    private static bool HasReason(RunHistory history, JobRow job, OutcomeRow outcome, HashSet<Guid> cancels) => outcome switch
    {
        { State: JobState.Completed } => job.Script is not (Script.Hopeless or Script.Discard),
        { State: JobState.Cancelled, Error: "discarded" } => job.Script == Script.Discard,
        { State: JobState.Cancelled } => cancels.Contains(job.Id),
        { Error: "expired" } => history.SendsOfToken[job.Token].Any(send => send.Item.Expires),
        { Error: "poison" } => history.LastLifeOf(job.Id).Any(move => move.Kind == MoveKind.Rescued),
        { Error: "worker-lost" } => outcome.Attempt == job.MaxAttempts,
        { Error: Play.RefusedError } => job.Script == Script.Hopeless,
        { Error: { } error } => outcome.Attempt == job.MaxAttempts && IsScripted(job.Script, error),
        _ => false,
    };

    private static IEnumerable<string> Failures(RunHistory history) =>
        from failure in history.Failures
        let job = history.JobOf.GetValueOrDefault(failure.JobId)
        where job is not null && failure.Error is not ("poison" or "worker-lost" or Play.RefusedError) && !IsScripted(job.Script, failure.Error)
        select $"job {job.Id} ({job.Script}) failed in attempt {failure.Attempt} with {failure.Error}, which is not in its script";

    private static bool IsScripted(Script script, string error) => script switch
    {
        Script.Flaky or Script.BrokenEffect => error == Play.BrokenError,
        Script.Later or Script.LaterEffect => error == Play.LaterError,
        _ => false,
    };
}
