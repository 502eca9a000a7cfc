using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests.Checking;

/// <summary>When all is healed, everything ends.</summary>
internal static class NothingIsLeft
{
    public static IEnumerable<string> Check(RunHistory history) =>
        from row in history.Ready
        let last = history.MovesOf[row.JobId].LastOrDefault()
        select $"job {row.JobId} of '{row.Queue}' ({history.JobOf.GetValueOrDefault(row.JobId)?.Script}) is still {row.State}; last move {last?.Kind.ToString() ?? "none"} at {last?.At:HH:mm:ss.fff}";
}
