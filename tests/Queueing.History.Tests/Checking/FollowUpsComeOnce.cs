using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests.Checking;

/// <summary>A job that enqueues another as it completes has one follow-up when it is completed, and none else.</summary>
internal static class FollowUpsComeOnce
{
    public static IEnumerable<string> Check(RunHistory history)
    {
        var followUps = history.Jobs.Where(job => job.Follows is not null && !job.IsContinuation).ToLookup(job => job.Follows!.Value);
        foreach (var job in history.Jobs.Where(job => job.Script is Script.Effect or Script.BrokenEffect))
        {
            var completed = history.OutcomesOf[job.Id].Any(outcome => outcome.State == JobState.Completed);
            if (followUps[job.Id].Count() is var found && found != (completed ? 1 : 0))
            {
                yield return $"job {job.Id}, {(completed ? "" : "not ")}completed, has {found} follow-ups";
            }
        }

        foreach (var followUp in followUps.SelectMany(group => group))
        {
            if (!history.JobOf.TryGetValue(followUp.Follows!.Value, out var leader)
                || leader.Script is not (Script.Effect or Script.BrokenEffect)
                || followUp.Token != leader.Token + HistoryJobs.FollowUpSuffix)
            {
                yield return $"job {followUp.Id} ({followUp.Token}) follows from nothing";
            }
        }
    }
}
