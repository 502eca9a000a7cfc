namespace Queueing.History.Tests.Faults;

/// <summary>Draws what goes wrong: in rounds, each with every kind in another order, so that also a short run has seen all.</summary>
internal static class FaultPlan
{
    private static readonly FaultKind[] OfWorkers =
    [
        FaultKind.KillWorker, FaultKind.KillWorker, FaultKind.SuspendWorker, FaultKind.SuspendWorker, FaultKind.StopWorker,
        FaultKind.StopWorker, FaultKind.PartitionWorker, FaultKind.CutOffWorker,
    ];

    private static readonly FaultKind[] OfServers =
    [
        FaultKind.KillPostgres, FaultKind.RestartPostgres, FaultKind.TerminateBackends, FaultKind.TerminateBackends,
        FaultKind.HoldTransaction, FaultKind.CutConnections, FaultKind.SwallowAnswers, FaultKind.SwallowAnswers,
        FaultKind.SwallowAnswers, FaultKind.DeliverLate, FaultKind.DeliverLate, FaultKind.DeliverLate, FaultKind.AddLatency,
        FaultKind.KillRedis, FaultKind.FlushRedis,
    ];

    public static IEnumerable<Fault> ForWorkers(int seed) => Draw(new((seed * 1000) + 600), OfWorkers);

    public static IEnumerable<Fault> ForServers(int seed) => Draw(new((seed * 1000) + 700), OfServers);

    private static IEnumerable<Fault> Draw(Random random, FaultKind[] kinds)
    {
        while (true)
        {
            FaultKind[] round = [.. kinds];
            random.Shuffle(round);
            foreach (var kind in round)
            {
                var (shortest, longest) = LengthOf(kind);
                yield return new(kind, Draw(random, 200, 1200), Draw(random, shortest, longest), random.Next(1 << 16));
            }
        }
    }

    private static (int Shortest, int Longest) LengthOf(FaultKind kind) => kind switch
    {
        FaultKind.SuspendWorker => (1300, 3500), // The lease is a second.
        FaultKind.PartitionWorker or FaultKind.CutOffWorker => (300, 3000),
        FaultKind.HoldTransaction => (6000, 9000), // Held for five seconds, it is in the way of vacuum.
        FaultKind.AddLatency => (500, 2000),
        _ => (50, 1000),
    };

    private static TimeSpan Draw(Random random, int shortest, int longest) => TimeSpan.FromMilliseconds(random.Next(shortest, longest));
}
