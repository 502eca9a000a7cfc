using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests.Checking;

/// <summary>A job whose caller was told that it is cancelled stays so and is given to nobody, unless it was let run again; of one not pending the end is known.</summary>
internal static class CancelledMeansCancelled
{
    public static IEnumerable<string> Check(RunHistory history)
    {
        foreach (var request in history.Cancels.Where(request => !history.WasRedriven(request.JobId)))
        {
            var outcome = history.OutcomesOf[request.JobId].FirstOrDefault();
            if (request.Answer == CancelAnswer.Cancelled && outcome is not { State: JobState.Cancelled })
            {
                yield return $"job {request.JobId} was cancelled, and is {outcome?.State ?? "not ended"}";
            }

            if (request.Answer == CancelAnswer.Cancelled
                && history.MovesOf[request.JobId].Any(move => move.Kind == MoveKind.Claimed && move.BeganAt > request.AnsweredAt))
            {
                yield return $"job {request.JobId} was cancelled, and claimed after that";
            }

            if (request.Answer == CancelAnswer.NotPending && !(outcome?.FinishedAt <= request.AnsweredAt))
            {
                yield return $"job {request.JobId} was said to be not pending, and had not ended";
            }
        }
    }
}
