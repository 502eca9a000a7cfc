using System.Reflection;
using Queueing.History.Tests.Proxies;
using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests.Running;

/// <summary>One worker of the fleet: a process, started again and again, and its way to the database.</summary>
internal sealed class WorkerProcess(string name, Cluster cluster, PostgresProxy proxy, Recorder recorder)
{
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(20);

    private TestProgram? program;
    private int lives;
    private bool ending;
    private volatile bool hasStarted;

    public ProxyFaults Way => proxy.Faults;

    public void CutWay() => proxy.Cut();

    public void Start()
    {
        lives++;
        (ending, hasStarted) = (false, false);
        var started = TestProgram.Start(WorkerPath, Environment(), line => Hear($"{name}.{lives} {line}"));
        program = started;
        _ = WatchAsync(started);
    }

    public Task KillAsync()
    {
        ending = true;
        return program!.KillAsync();
    }

    public async Task StopAsync()
    {
        ending = true;
        var heeds = hasStarted; // Before that, the signal just ends it.
        if (await program!.StopAsync(StopTime) is not 0 and var code && heeds)
        {
            recorder.Crashes.Enqueue($"{name}, asked to stop, ended with {code}");
        }
    }

    public void Pause() => program!.Pause();

    public void Continue() => program!.Continue();

    private async Task WatchAsync(TestProgram started)
    {
        var code = await started.Exited;
        if (program == started && !ending)
        {
            recorder.Crashes.Enqueue($"{name} ended by itself with {code}; see {cluster.LogPath}");
        }
    }

    private void Hear(string line)
    {
        hasStarted |= line.Contains("Application started", StringComparison.Ordinal);
        cluster.Log(line);
    }

    private Dictionary<string, string?> Environment() => new()
    {
        ["ConnectionStrings__jobs"] = proxy.Through(cluster.ConnectionString),
        ["ConnectionStrings__redis"] = cluster.Redis.ConnectionString,
        ["Journal"] = Path.Combine(cluster.Folder, $"{name}.{lives}{JournalReader.Extension}"),
        ["JobWorker__Concurrency"] = "8",
        ["JobWorker__Heartbeat"] = "00:00:00.200",
        ["JobWorker__Lease"] = "00:00:01",
        ["JobWorker__RescueInterval"] = "00:00:00.100",
        ["JobWorker__PollInterval"] = "00:00:00.050",
        ["JobWorker__DrainGrace"] = "00:00:00.700",
        ["Logging__LogLevel__Default"] = "Warning",
        ["Logging__LogLevel__Queueing"] = "Information",
        ["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information",
    };

    private static string WorkerPath => typeof(WorkerProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == "HistoryWorker").Value!;
}
