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
            new("batches") { Size = Stage.BatchSize, Jobs = int.MaxValue, Seconds = stage.WarmUpSeconds }, stage.StopToken);
        var made = await producer.AskAsync(
            new("batches") { Size = Stage.BatchSize, Jobs = int.MaxValue, Seconds = stage.Seconds(6) }, stage.StopToken);
        return [new(Figure.Throughput, made.JobsPerSecond)];
    }
}
