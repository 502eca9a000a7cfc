using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests.Checking;

/// <summary>A job that was sent with a continuation has one for each of its ends, whoever recorded them; others have none.</summary>
internal static class ContinuationsComeWithEnds
{
    public static IEnumerable<string> Check(RunHistory history)
    {
        var continuations = history.Jobs.Where(job => job.IsContinuation).ToLookup(job => job.Follows);
        foreach (var job in history.Jobs)
        {
            var expected = history.SendsOfToken[job.Token].Any(send => send.Item.Continued)
                ? history.MovesOf[job.Id].Count(move => move.Kind == MoveKind.Ended)
                : 0;
            if (continuations[job.Id].Count() is var found && found != expected)
            {
                yield return $"job {job.Id} ({job.Token}) is followed by {found} continuations instead of {expected}";
            }
        }

        foreach (var continuation in continuations.SelectMany(group => group).Where(job => !history.JobOf.ContainsKey(job.Follows!.Value)))
        {
            yield return $"job {continuation.Id} follows the end of no job";
        }
    }
}
