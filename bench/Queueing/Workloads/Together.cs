using Bench.Queueing.Contenders;

namespace Bench.Queueing.Workloads;

/// <summary>Many callers and one worker process at once, for a time.</summary>
internal sealed class Together : Workload
{
    // The producer runs for this long before the count begins, and after it ends.
    private const double Margin = 0.5;

    public override string Name => "together";

    public override async Task<Measured[]> RunAsync(Stage stage)
    {
        await using var producer = await stage.StartProducerAsync();
        await using var worker = await stage.StartWorkerAsync();
        await WarmUp.RunAsync(stage, producer, worker);

        var seconds = stage.Seconds(15);
        var producing = producer.AskAsync(
            new("produce") { Callers = Stage.Callers, Jobs = int.MaxValue, Seconds = Margin + seconds + Margin }, stage.StopToken);
        await stage.WaitAsync(Margin);
        var before = await worker.AskAsync(new("handled"), stage.StopToken);
        await stage.WaitAsync(seconds);
        var after = await worker.AskAsync(new("handled"), stage.StopToken);
        var made = await producing;
        return
        [
            new(Figure.Throughput, (after.Jobs - before.Jobs) / (after.Seconds - before.Seconds)),
            new(Figure.Enqueued, made.JobsPerSecond),
        ];
    }
}
