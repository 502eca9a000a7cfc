using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bench.Queueing.Harness;

namespace Bench.Queueing.Report;

/// <summary>All figures of all rounds, for programs.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options =
        new(JsonSerializerOptions.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <returns>Where it is.</returns>
    public static async Task<string> WriteAsync(Results results, CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow();
        var path = Path.GetFullPath(results.Options.JsonPath
            ?? Path.Combine(PeerPackages.BenchFolder, $"queueing-{now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.json"));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = File.Create(path);
        await JsonSerializer.SerializeAsync(file, Document(results, now), Options, cancellationToken);
        return path;
    }

    private static object Document(Results results, DateTimeOffset now) => new
    {
        WrittenAt = now,
        results.Options.Rounds,
        results.Options.Scale,
        results.Machine,
        Figures =
            from workload in results.Options.Workloads
            from comparison in results.Compare(workload)
            select new
            {
                Workload = workload.Name,
                comparison.Figure.Name,
                comparison.Figure.Unit,
                comparison.Figure.MoreIsBetter,
                comparison.OursToBestPeer,
                BestPeer = comparison.BestPeer?.Contender.Name,
                Contenders = comparison.Summaries.Select(summary => new
                {
                    summary.Contender.Name,
                    summary.Median,
                    summary.Min,
                    summary.Max,
                    summary.Rounds,
                }),
            },
        Failures = results.Failures.Select(failure => new { failure.Round, failure.Workload, failure.Contender, failure.Message }),
    };
}
