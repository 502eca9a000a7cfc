using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests.Checking;

/// <summary>No more jobs of a queue with caps are held at once than they allow, in all and of one owner.</summary>
/// <remarks>
/// In the audit's order no claim can come too early: it is written under the queue's lock, and an end that was written
/// before it but committed after it still counted for the claim.
/// </remarks>
internal static class CapsHold
{
    public static IEnumerable<string> Check(RunHistory history)
    {
        var held = new Dictionary<Guid, string>();
        foreach (var move in history.Moves.Where(move => move.Queue == HistoryJobs.CappedQueue).OrderBy(move => move.Id))
        {
            if (move.Kind is not (MoveKind.Claimed or MoveKind.Stolen))
            {
                held.Remove(move.JobId);
                continue;
            }

            held[move.JobId] = move.Owner;
            if (held.Count > HistoryJobs.MaxRunning)
            {
                yield return $"{held.Count} jobs were held at once at move {move.Id}";
            }

            if (held.Values.Count(owner => owner == move.Owner) is var own and > HistoryJobs.MaxRunningPerOwner)
            {
                yield return $"{own} jobs of {move.Owner} were held at once at move {move.Id}";
            }
        }
    }
}
