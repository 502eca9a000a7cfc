using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests.Checking;

/// <summary>The counters say what counting the rows says.</summary>
internal static class CountersEqualAScan
{
    public static IEnumerable<string> Check(RunHistory history)
    {
        var queues = history.Jobs.Select(job => job.Queue).Concat(history.Counts.Select(count => count.Queue)).Distinct();
        foreach (var queue in queues)
        {
            var scan = new QueueCounts(
                queue, Ready(JobState.Waiting), Ready(JobState.Active), Ended(JobState.Completed), Ended(JobState.Failed), Ready(JobState.Delayed), Ended(JobState.Cancelled));
            if (history.Counts.FirstOrDefault(count => count.Queue == queue) is var counted && counted != scan)
            {
                yield return $"the counters say {counted}, the rows {scan}";
            }

            long Ready(string state) => history.Ready.Count(row => row.Queue == queue && row.State == state);

            long Ended(string state) => history.Outcomes.Count(row => row.Queue == queue && row.State == state);
        }
    }
}
