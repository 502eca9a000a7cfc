using System.Globalization;
using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests.Checking;

/// <summary>A handler begins once a claim of its process; no attempt is completed below one that was begun; none runs twice at once in a process.</summary>
internal static class AttemptsComeFromClaims
{
    public static IEnumerable<string> Check(RunHistory history) => Unclaimed(history).Concat(Overtaken(history)).Concat(Doubled(history));

    private static IEnumerable<string> Unclaimed(RunHistory history)
    {
        var claims = history.Moves
            .Where(move => move.Kind == MoveKind.Claimed)
            .CountBy(move => (history.ProcessOf[move.SessionId!.Value], move.JobId, move.Attempt))
            .ToDictionary();
        return from runs in history.Begun.CountBy(begun => (begun.ProcessId, begun.JobId, begun.Attempt))
               let claimed = claims.GetValueOrDefault(runs.Key)
               where runs.Value > claimed
               select $"process {runs.Key.ProcessId} began job {runs.Key.JobId}, attempt {runs.Key.Attempt}, {runs.Value} times for {claimed} claims";
    }

    private static IEnumerable<string> Overtaken(RunHistory history) =>
        from outcome in history.Outcomes
        where outcome.State == JobState.Completed && !history.WasRedriven(outcome.JobId)
        let last = history.BegunOf[outcome.JobId].Select(begun => begun.Attempt).DefaultIfEmpty().Max()
        where last != outcome.Attempt
        select $"job {outcome.JobId} was completed in attempt {outcome.Attempt}, but attempt {last} was begun";

    private static IEnumerable<string> Doubled(RunHistory history) =>
        from runs in history.Begun.GroupBy(begun => (begun.ProcessId, begun.JobId, begun.Attempt))
        from pair in runs.OrderBy(begun => begun.BeganAt).Zip(runs.OrderBy(begun => begun.BeganAt).Skip(1))
        where pair.First.EndedAt is null || pair.First.EndedAt > pair.Second.BeganAt
        select $"process {runs.Key.ProcessId} ran job {runs.Key.JobId} ({history.JobOf.GetValueOrDefault(runs.Key.JobId)?.Script}), attempt {runs.Key.Attempt}, twice at once; from {pair.First.BeganAt:HH:mm:ss.fff} and from {pair.Second.BeganAt:HH:mm:ss.fff}, moves {Tell(history, runs.Key.JobId)}";

    private static string Tell(RunHistory history, Guid jobId) =>
        string.Join(", ", history.MovesOf[jobId].Select(move => string.Create(CultureInfo.InvariantCulture, $"{move.Kind} {move.At:HH:mm:ss.fff}")));
}
