using Queueing.History.Tests.Checking;
using Queueing.History.Tests.Recording;
using Queueing.History.Tests.Running;

namespace Queueing.History.Tests;

/// <summary>The queue under everything that can go wrong at once. HISTORY_MINUTES and HISTORY_SEED choose another run.</summary>
public sealed class HistoryTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Whatever_dies_the_queue_keeps_its_promises()
    {
        var settings = RunSettings.FromEnvironment();
        Console.WriteLine(settings);
        var recorder = new Recorder(TimeProvider.System);
        await using var cluster = await Cluster.StartAsync(recorder);
        var run = new HistoryRun(settings, cluster, recorder, TimeProvider.System);

        var history = await run.RunAsync(TestContext.Current.CancellationToken);

        var verdicts = Checker.Check(history);
        var summary = Summary.Write(settings, history, run.Faults, cluster.Proxies, verdicts);
        output.WriteLine(summary);
        Console.WriteLine(summary);
        cluster.KeepsFolder = verdicts.Any(verdict => verdict.Violations is not []);
        Assert.False(cluster.KeepsFolder, $"{summary}\nThe log and the journals are in {cluster.Folder}.");
    }
}
