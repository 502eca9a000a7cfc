using Bench.Queueing.Harness;

namespace Bench.Queueing.Workloads;

/// <summary>One measurement's contender, where its jobs are kept, and how much is asked of it.</summary>
internal sealed record Stage(Contender Contender, Place Place, double Scale, CancellationToken StopToken)
{
    public const int Callers = 64;
    public const int BatchSize = 1000;

    /// <summary>For how long every process works before it is measured: until its code is compiled for speed.</summary>
    public double WarmUpSeconds => Seconds(4);

    /// <returns>A process that enqueues; the contender's schema is there.</returns>
    public Task<ContenderProcess> StartProducerAsync() => ContenderProcess.StartAsync(Contender, Place, "producer", StopToken);

    /// <returns>A process that does not run jobs yet.</returns>
    public Task<ContenderProcess> StartWorkerAsync() => ContenderProcess.StartAsync(Contender, Place, "worker", StopToken);

    public Task SettleAsync() => Place.SettleAsync(StopToken);

    public Task WaitAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System, StopToken);

    public int Jobs(int full) => Math.Max((int)(full * Scale), 10);

    public double Seconds(double full) => Math.Max(full * Scale, 1);
}
