using Queueing.History.Tests.Running;

namespace Queueing.History.Tests.Faults;

/// <summary>Brings about what befalls workers; when it returns, all is well again.</summary>
internal sealed class WorkerFaults(Cluster cluster, TimeProvider time)
{
    public async Task BringAboutAsync(Fault fault)
    {
        var worker = cluster.Workers[fault.Target % cluster.Workers.Count];
        switch (fault.Kind)
        {
            case FaultKind.KillWorker:
                await worker.KillAsync();
                await Task.Delay(fault.Length, time);
                worker.Start();
                break;
            case FaultKind.StopWorker:
                await worker.StopAsync();
                await Task.Delay(fault.Length, time);
                worker.Start();
                break;
            case FaultKind.SuspendWorker:
                worker.Pause();
                await Task.Delay(fault.Length, time);
                worker.Continue();
                break;
            case FaultKind.PartitionWorker or FaultKind.CutOffWorker:
                worker.Way.BeginPartition();
                await Task.Delay(fault.Length, time);
                if (fault.Kind == FaultKind.CutOffWorker)
                {
                    worker.CutWay();
                }

                worker.Way.EndPartition();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault.Kind, "Not a worker's fault.");
        }
    }
}
