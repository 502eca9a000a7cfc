using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests.Checking;

/// <summary>Each job was sent, as often as its answers allow; with an idempotency key no more than once, however often it was sent.</summary>
internal static class NothingIsInvented
{
    public static IEnumerable<string> Check(RunHistory history) =>
        Unsent(history).Concat(Repeated(history)).Concat(Ids(history)).Concat(Outcomes(history));

    private static IEnumerable<string> Unsent(RunHistory history) =>
        from job in history.Jobs
        where job.Follows is null
        let sends = history.SendsOfToken[job.Token]
        where !sends.Any(send => send.Item.Script == job.Script && send.Item.Queue == job.Queue)
        select $"job {job.Id} ({job.Token}, {job.Script}) was never sent";

    private static IEnumerable<string> Repeated(RunHistory history)
    {
        foreach (var sends in history.SendsOfToken)
        {
            var jobs = history.JobsOfToken[sends.Key].Count();
            var accepted = sends.Count(send => send.Call.Answer == Answer.Accepted);
            var unknown = sends.Count(send => send.Call.Answer == Answer.Unknown);
            var (least, most) = sends.First().Item.Keyed
                ? (Math.Min(1, accepted), Math.Min(1, accepted + unknown))
                : (accepted, accepted + unknown);
            if (jobs < least || jobs > most)
            {
                yield return $"{sends.Key} exists {jobs} times, sent {sends.Count()} times with {accepted} accepted and {unknown} unknown";
            }
        }
    }

    private static IEnumerable<string> Ids(RunHistory history) =>
        from sends in history.SendsOfToken
        where sends.First().Item.Keyed
        let ids = sends.Where(send => send.Call.Answer == Answer.Accepted).Select(send => send.Call.JobIds[send.Place]).Distinct().ToList()
        where ids.Count > 1
        select $"{sends.Key} was answered with {ids.Count} ids for one key";

    private static IEnumerable<string> Outcomes(RunHistory history) =>
        from outcome in history.Outcomes
        where !history.JobOf.ContainsKey(outcome.JobId)
        select $"an outcome ({outcome.State}) is of no job: {outcome.JobId}";
}
