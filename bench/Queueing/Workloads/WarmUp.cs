using Bench.Queueing.Contenders;
using Bench.Queueing.Harness;

namespace Bench.Queueing.Workloads;

internal static class WarmUp
{
    /// <summary>Starts the worker, and lets it do what the producer enqueues, until nothing is left.</summary>
    public static async Task RunAsync(Stage stage, ContenderProcess producer, ContenderProcess worker)
    {
        await worker.AskAsync(new("work"), stage.StopToken);
        var made = await producer.AskAsync(
            new("produce") { Callers = Stage.Callers, Jobs = int.MaxValue, Seconds = stage.WarmUpSeconds }, stage.StopToken);
        await worker.AskAsync(new("drained") { Jobs = made.Jobs, Seconds = 60 }, stage.StopToken);
    }
}
