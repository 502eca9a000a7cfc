using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests.Checking;

/// <summary>No fault of a server or of the network ends a worker, and one that is asked to stop does.</summary>
internal static class WorkersDieByOurHandOnly
{
    public static IEnumerable<string> Check(RunHistory history) => history.Crashes;
}
