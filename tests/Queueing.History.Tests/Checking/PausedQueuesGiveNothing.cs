using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests.Checking;

/// <summary>Nothing is claimed of a queue between the answer to its pause and its resume.</summary>
internal static class PausedQueuesGiveNothing
{
    public static IEnumerable<string> Check(RunHistory history) =>
        from pause in history.Pauses
        from move in history.Moves
        where move.Kind == MoveKind.Claimed && move.Queue == pause.Queue
            && move.BeganAt > pause.AnsweredAt && move.At < pause.EndedAt
        select $"job {move.JobId} was claimed at {move.BeganAt:HH:mm:ss.ffffff}, while '{pause.Queue}' was paused since {pause.AnsweredAt:HH:mm:ss.ffffff}";
}
