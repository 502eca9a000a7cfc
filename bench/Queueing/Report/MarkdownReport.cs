using System.Globalization;
using System.Text;
using Bench.Queueing.Workloads;

namespace Bench.Queueing.Report;

/// <summary>A table a workload: medians, with the least and the most of the rounds.</summary>
internal static class MarkdownReport
{
    public static string Write(Results results)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"Rounds: {results.Options.Rounds}. Medians, with the least and the most of the rounds.");
        if (results.Options.Contenders.Any(contender => contender.IsPeer))
        {
            text.AppendLine("The last line is how many times better ours is than the best peer; below 1 it is worse.");
        }

        foreach (var workload in results.Options.Workloads)
        {
            WriteTable(text, workload, results);
        }

        foreach (var (round, workload, contender, message) in results.Failures)
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"FAILED: {contender}, {workload}, round {round}: {message}");
        }

        return text.ToString();
    }

    private static void WriteTable(StringBuilder text, Workload workload, Results results)
    {
        Comparison[] comparisons = [.. results.Compare(workload)];
        var titles = comparisons.Select(comparison => $"{comparison.Figure.Name}, {comparison.Figure.Unit}");
        AppendRow(text.AppendLine(), workload.Name, titles);
        AppendRow(text, "---", comparisons.Select(_ => "---"));
        foreach (var contender in results.Options.Contenders)
        {
            AppendRow(text, contender.Name, comparisons.Select(comparison =>
                Array.Find(comparison.Summaries, summary => summary.Contender == contender) is { } summary ? Cell(summary) : "failed"));
        }

        if (comparisons.Any(comparison => comparison.OursToBestPeer is not null))
        {
            AppendRow(text, "ours to the best peer", comparisons.Select(comparison => comparison.OursToBestPeer is { } ratio
                ? $"{Number.Format(ratio)} × {comparison.BestPeer!.Contender.Name}"
                : ""));
        }
    }

    private static void AppendRow(StringBuilder text, string name, IEnumerable<string> cells) =>
        text.Append("| ").Append(name).Append(" | ").AppendJoin(" | ", cells).AppendLine(" |");

    private static string Cell(Summary summary) => summary.Rounds.Length == 1
        ? Number.Format(summary.Median)
        : $"{Number.Format(summary.Median)} ({Number.Format(summary.Min)} to {Number.Format(summary.Max)})";
}
