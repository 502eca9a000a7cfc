using System.Collections.Concurrent;
using Queueing.History.Tests.Running;

namespace Queueing.History.Tests.Faults;

/// <summary>Carries out two plans side by side: one against workers, one against servers and the ways to them.</summary>
internal sealed class Nemesis(int seed, Cluster cluster, TimeProvider time)
{
    private readonly ConcurrentDictionary<FaultKind, int> done = new();

    /// <summary>How many faults of each kind there were.</summary>
    public IReadOnlyDictionary<FaultKind, int> Done => done;

    /// <summary>Returns when all is healed.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var servers = new ServerFaults(cluster, time);
        await Task.WhenAll(
            RunAsync(FaultPlan.ForWorkers(seed), new WorkerFaults(cluster, time).BringAboutAsync, stop),
            RunAsync(FaultPlan.ForServers(seed), servers.BringAboutAsync, stop));
        await servers.EndAsync();
        foreach (var proxy in cluster.Proxies)
        {
            proxy.Faults.Heal();
        }
    }

    private async Task RunAsync(IEnumerable<Fault> plan, Func<Fault, Task> bringAbout, CancellationToken stop)
    {
        foreach (var fault in plan)
        {
            await Task.Delay(fault.Gap, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
            {
                return;
            }

            cluster.Log($"FAULT {time.GetUtcNow():HH:mm:ss.fff} {fault}");
            await bringAbout(fault);
            done.AddOrUpdate(fault.Kind, 1, (_, count) => count + 1);
        }
    }
}
