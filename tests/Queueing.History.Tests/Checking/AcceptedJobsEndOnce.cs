using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests.Checking;

/// <summary>A job that its producer was told is accepted exists, and has one final state.</summary>
internal static class AcceptedJobsEndOnce
{
    public static IEnumerable<string> Check(RunHistory history)
    {
        foreach (var call in history.Calls.Where(call => call.Answer == Answer.Accepted))
        {
            foreach (var (item, jobId) in call.Items.Zip(call.JobIds))
            {
                if (!history.JobOf.TryGetValue(jobId, out var job) || job.Token != item.Token)
                {
                    yield return $"job {jobId} of {item.Token} was accepted and is lost";
                }
            }
        }

        foreach (var job in history.Jobs)
        {
            if (history.OutcomesOf[job.Id].Count() is not 1 and var outcomes)
            {
                yield return $"job {job.Id} of {job.Token} ({job.Script}) has {outcomes} outcomes";
            }
        }
    }
}
