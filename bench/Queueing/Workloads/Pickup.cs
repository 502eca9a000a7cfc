using Bench.Queueing.Contenders;

namespace Bench.Queueing.Workloads;

/// <summary>A job every 20 ms into an idle system, from another process than the worker's: the time from just before the call to
/// the handler's start.</summary>
internal sealed class Pickup : Workload
{
    public override string Name => "pickup";

    public override async Task<Measured[]> RunAsync(Stage stage)
    {
        await using var producer = await stage.StartProducerAsync();
        await using var worker = await stage.StartWorkerAsync();
        await WarmUp.RunAsync(stage, producer, worker);

        var jobs = stage.Jobs(500);
        await producer.AskAsync(new("pace") { Jobs = jobs, Seconds = 0.020 }, stage.StopToken);
        var picked = await worker.AskAsync(new("latencies") { Jobs = jobs, Seconds = 10 }, stage.StopToken);
        return Figure.Latencies(picked.Latencies);
    }
}
