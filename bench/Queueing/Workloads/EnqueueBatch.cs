using Bench.Queueing.Contenders;

namespace Bench.Queueing.Workloads;

/// <summary>Batches of a thousand from one caller, who awaits each. No worker.</summary>
internal sealed class EnqueueBatch : Workload
{
    public override string Name => "enqueue-batch";

    public override async Task<Measured[]> RunAsync(Stage stage)
    {
        await using var producer = await stage.StartProducerAsync();
        await producer.AskAsync(
            new("batches") { Size = Stage.BatchSize, Jobs = stage.WarmUp, Seconds = stage.Seconds(3) }, stage.StopToken);
        var made = await producer.AskAsync(
            new("batches") { Size = Stage.BatchSize, Jobs = stage.Jobs(50_000), Seconds = stage.Seconds(6) }, stage.StopToken);
        return [new(Figure.Throughput, made.JobsPerSecond)];
    }
}
