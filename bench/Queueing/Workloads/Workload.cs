namespace Bench.Queueing.Workloads;

internal abstract class Workload
{
    public static IReadOnlyList<Workload> All { get; } =
        [new EnqueueSingle(), new EnqueueBatch(), new Drain(), new Pickup(), new Together()];

    public abstract string Name { get; }

    public abstract Task<Measured[]> RunAsync(Stage stage);
}
