using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests.Checking;

/// <summary>Who records an outcome holds the job: the attempt claimed last, by the session that claimed it.</summary>
internal static class StaleAttemptsEndNothing
{
    public static IEnumerable<string> Check(RunHistory history)
    {
        foreach (var outcome in history.Outcomes)
        {
            var life = history.LastLifeOf(outcome.JobId);
            if (life is not [.., { Kind: MoveKind.Ended } end])
            {
                yield return $"job {outcome.JobId} is {outcome.State}, but its last move is {(life is [.., var last] ? last.Kind : "none")}";
            }
            else if (outcome.Attempt != end.Attempt && !WasCalledOffUnbegun(history, outcome, life))
            {
                yield return $"job {outcome.JobId} ended in attempt {end.Attempt}, but its outcome says {outcome.Attempt}";
            }
            else if (outcome.State == JobState.Completed && Completion(history, outcome, life) is { } violation)
            {
                yield return $"job {outcome.JobId} ({history.JobOf.GetValueOrDefault(outcome.JobId)?.Script}) {violation}";
            }
        }
    }

    // The answer of its claim was lost, so its worker never began it: that attempt doesn't count.
    private static bool WasCalledOffUnbegun(RunHistory history, OutcomeRow outcome, IReadOnlyList<Move> life) =>
        life is [.., { Kind: MoveKind.Claimed, SessionId: { } holder } claim, var end]
        && end.SessionId == holder
        && outcome.State == JobState.Cancelled
        && outcome.Attempt == end.Attempt - 1
        && !history.BegunOf[outcome.JobId].Any(begun => begun.ProcessId == history.ProcessOf[holder] && begun.BeganAt > claim.BeganAt);

    private static string? Completion(RunHistory history, OutcomeRow outcome, IReadOnlyList<Move> life)
    {
        if (life is not [.., { Kind: MoveKind.Claimed } claim, { SessionId: not null } end] || claim.SessionId != end.SessionId)
        {
            return $"was completed while nobody held it: {string.Join(", ", life.TakeLast(4).Select(move => move.Kind))}";
        }

        if (claim.Attempt != outcome.Attempt)
        {
            return $"was completed in attempt {outcome.Attempt}, but claimed last for attempt {claim.Attempt}";
        }

        var holder = history.ProcessOf[claim.SessionId!.Value];
        if (outcome.Result is not { } mark || mark.Attempt != outcome.Attempt || mark.ProcessId != holder)
        {
            return $"has the result of attempt {outcome.Result?.Attempt} by process {outcome.Result?.ProcessId}, but attempt {outcome.Attempt} was process {holder}'s";
        }

        return history.BegunOf[outcome.JobId].Any(begun => begun.Attempt == outcome.Attempt && begun.ProcessId == holder)
            ? null
            : $"was completed in attempt {outcome.Attempt}, which process {holder} never began";
    }
}
