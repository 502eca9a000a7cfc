using System.Reflection;
using Bench.Queueing.Report;
using Bench.Queueing.Workloads;

namespace Bench.Queueing.Harness;

/// <summary>The rounds: in each every workload, and in each of those every contender in turn, so that all share the machine's
/// noise.</summary>
internal static class BenchRun
{
    /// <returns>The exit code: 1 when a figure is missing.</returns>
    public static async Task<int> RunAsync(BenchOptions options, CancellationToken stopToken)
    {
        EnsureMeasurable();
        var withPeers = options.Contenders.Any(contender => contender.IsPeer);
        if (withPeers)
        {
            await PeerPackages.InstallAsync(stopToken);
        }

        await using var servers = await Servers.StartAsync(stopToken);
        var results = new Results(options, await Machine.DescribeAsync(servers, withPeers, stopToken));
        Console.WriteLine(string.Join('\n', results.Machine.Select(fact => $"{fact.Key}: {fact.Value}")));
        Console.WriteLine();

        for (var round = 1; round <= options.Rounds; round++)
        {
            foreach (var workload in options.Workloads)
            {
                foreach (var contender in options.Contenders)
                {
                    var outcome = await MeasureAsync(servers, workload, contender, options.Scale, stopToken);
                    results.Add(round, workload, contender, outcome);
                    Console.WriteLine($"round {round}  {workload.Name,-15} {contender.Name,-18} {outcome}");
                }
            }
        }

        Console.WriteLine();
        Console.WriteLine(MarkdownReport.Write(results));
        Console.WriteLine($"Written to {await JsonReport.WriteAsync(results, stopToken)}");
        return results.AllMeasured ? 0 : 1;
    }

    private static void EnsureMeasurable()
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new BenchException("Processes are looked at under /proc, so this runs on Linux only.");
        }

        if (typeof(BenchRun).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration != "Release")
        {
            throw new BenchException("A debug build's figures mean nothing: dotnet run -c Release …");
        }
    }

    private static async Task<Outcome> MeasureAsync(
        Servers servers, Workload workload, Contender contender, double scale, CancellationToken stopToken)
    {
        await using var place = await servers.OpenAsync(stopToken);
        try
        {
            return new(await workload.RunAsync(new Stage(contender, place, scale, stopToken)), Failure: null);
        }
        catch (ContenderFailedException exception)
        {
            // Ctrl+C in a terminal reaches the contender as well as us.
            stopToken.ThrowIfCancellationRequested();
            return new([], exception.Message);
        }
    }
}
