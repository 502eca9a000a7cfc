using Bench.Queueing.Contenders;

namespace Bench.Queueing.Workloads;

/// <summary>Jobs that wait already, and one worker process: from its first job after the warm-up to the last recorded outcome.</summary>
internal sealed class Drain : Workload
{
    // How many are done before the count begins: a worker that just started has not compiled its code for speed yet.
    private const int WarmUp = 20_000;

    public override string Name => "drain";

    public override async Task<Measured[]> RunAsync(Stage stage)
    {
        var waiting = await FillAsync(stage);
        await stage.SettleAsync();

        await using var worker = await stage.StartWorkerAsync();
        await worker.AskAsync(new("work") { Jobs = Math.Min(stage.Jobs(WarmUp), waiting / 3) }, stage.StopToken);
        var drained = await worker.AskAsync(new("drained") { Jobs = waiting, Seconds = stage.Seconds(12) }, stage.StopToken);
        return [new(Figure.Throughput, drained.JobsPerSecond), new(Figure.DrainMemory, worker.ResidentMebibytes())];
    }

    // Who enqueues slowly gets fewer to drain: what is compared is a rate.
    private static async Task<int> FillAsync(Stage stage)
    {
        await using var producer = await stage.StartProducerAsync();
        var made = await producer.AskAsync(
            new("batches") { Size = Stage.BatchSize, Jobs = stage.Jobs(WarmUp + 50_000), Seconds = stage.Seconds(8) },
            stage.StopToken);
        return made.Jobs;
    }
}
