using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests.Checking;

/// <summary>No job is given out for more attempts than its type allows.</summary>
internal static class AttemptsStayWithinTheLimit
{
    public static IEnumerable<string> Check(RunHistory history) =>
        from job in history.Jobs
        let most = history.MovesOf[job.Id].Select(move => move.Attempt)
            .Concat(history.BegunOf[job.Id].Select(begun => begun.Attempt))
            .Concat(history.OutcomesOf[job.Id].Select(outcome => outcome.Attempt))
            .DefaultIfEmpty().Max()
        where most > job.MaxAttempts
        select $"job {job.Id} came to attempt {most} of {job.MaxAttempts}";
}
