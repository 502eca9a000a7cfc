using Bench.Queueing.Contenders;
using Bench.Queueing.Harness;

namespace Bench.Queueing.Workloads;

/// <summary>Jobs that wait already, and one worker process: from its first job after the warm-up to the last recorded outcome.</summary>
internal sealed class Drain : Workload
{
    // A worker that takes up its work again connects and fills its buffers first.
    private const int WarmUp = 2_000;

    public override string Name => "drain";

    public override async Task<Measured[]> RunAsync(Stage stage)
    {
        await using var producer = await stage.StartProducerAsync();
        await using var worker = await stage.StartWorkerAsync();

        // Once as a warm-up, with the worker at work already, and once for the count.
        await worker.AskAsync(new("work"), stage.StopToken);
        var first = await FillAsync(stage, producer);
        await worker.AskAsync(new("drained") { Jobs = first, Seconds = stage.Seconds(12) }, stage.StopToken);
        await worker.AskAsync(new("rest"), stage.StopToken);

        var waiting = await FillAsync(stage, producer);
        await stage.SettleAsync();
        await worker.AskAsync(new("work") { Jobs = Math.Min(stage.Jobs(WarmUp), waiting / 5) }, stage.StopToken);
        var drained = await worker.AskAsync(new("drained") { Jobs = waiting, Seconds = stage.Seconds(12) }, stage.StopToken);
        return [new(Figure.Throughput, drained.JobsPerSecond), new(Figure.DrainMemory, worker.ResidentMebibytes())];
    }

    // Who enqueues slowly gets fewer to drain: what is compared is a rate.
    private static async Task<int> FillAsync(Stage stage, ContenderProcess producer)
    {
        var made = await producer.AskAsync(
            new("batches") { Size = Stage.BatchSize, Jobs = stage.Jobs(WarmUp + 50_000), Seconds = stage.Seconds(8) }, stage.StopToken);
        return made.Jobs;
    }
}
