using Bench.Queueing.Contenders;

namespace Bench.Queueing.Workloads;

/// <summary>One call a job, from many callers at once, each awaiting its call before the next. No worker.</summary>
internal sealed class EnqueueSingle : Workload
{
    public override string Name => "enqueue-single";

    public override async Task<Measured[]> RunAsync(Stage stage)
    {
        await using var producer = await stage.StartProducerAsync();
        await producer.AskAsync(
            new("produce") { Callers = Stage.Callers, Jobs = int.MaxValue, Seconds = stage.WarmUpSeconds }, stage.StopToken);
        var made = await producer.AskAsync(
            new("produce") { Callers = Stage.Callers, Jobs = int.MaxValue, Seconds = stage.Seconds(6) }, stage.StopToken);
        return [new(Figure.Throughput, made.JobsPerSecond), .. Figure.Latencies(made.Latencies)];
    }
}
