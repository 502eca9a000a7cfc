using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests.Checking;

/// <summary>A job is taken from a session only when that has ended; and never given on without having waited.</summary>
internal static class LivingSessionsKeepTheirJobs
{
    public static IEnumerable<string> Check(RunHistory history)
    {
        var outcomes = history.Outcomes.DistinctBy(outcome => outcome.JobId).ToDictionary(outcome => outcome.JobId);
        foreach (var move in history.Moves)
        {
            if (move.Kind == MoveKind.Stolen)
            {
                yield return $"job {move.JobId} went from one session to another at move {move.Id}";
            }

            var taken = move.Kind == MoveKind.Rescued
                || (move.Kind == MoveKind.Ended && move.SessionId is not null
                    && outcomes.GetValueOrDefault(move.JobId)?.Error is "poison" or "worker-lost"
                    && history.LastLifeOf(move.JobId)[^1] == move);
            if (taken && (!history.SessionEnds.TryGetValue(move.SessionId!.Value, out var ended) || ended > move.Id))
            {
                yield return $"job {move.JobId} was taken from session {move.SessionId} at move {move.Id}, which had not ended";
            }
        }
    }
}
