using System.Globalization;
using System.Text;
using Queueing.History.Tests.Checking;
using Queueing.History.Tests.Faults;
using Queueing.History.Tests.Proxies;
using Queueing.History.Tests.Recording;

namespace Queueing.History.Tests.Running;

/// <summary>A run in a page.</summary>
internal static class Summary
{
    private const int MostShown = 12;

    public static string Write(
        RunSettings settings, RunHistory history, IReadOnlyDictionary<FaultKind, int> faults, IEnumerable<PostgresProxy> proxies, IReadOnlyList<Verdict> verdicts)
    {
        var text = new StringBuilder();
        Line($"seed {settings.Seed}, {settings.Duration.TotalSeconds:0} s with faults");
        Line($"calls      {history.Calls.Count}: {Counted(history.Calls.CountBy(call => call.Answer))}");
        Line($"unknown    {Unknown(history)}");
        Line($"jobs       {history.Jobs.Count} (follow-ups {history.Jobs.Count(job => job.Follows is not null)}): {Counted(history.Outcomes.CountBy(outcome => outcome.State))}, left {history.Ready.Count}");
        Line($"failed     {Counted(history.Outcomes.Where(outcome => outcome.State == JobState.Failed).CountBy(outcome => outcome.Error!))}");
        Line($"cancels    {Counted(history.Cancels.CountBy(request => request.Answer?.ToString() ?? "Unknown"))}");
        Line($"moves      {Counted(history.Moves.CountBy(move => move.Kind))}");
        Line($"handlers   begun {history.Begun.Count}, cut off by their process's end {history.Begun.Count(begun => begun.EndedAt is null)}, effects {history.Effects.Count}");
        Line($"pauses     {history.Pauses.Count}");
        Line($"faults     {Counted(faults)}");
        Line($"on the way answers swallowed {proxies.Sum(proxy => proxy.Faults.AnswersSwallowed)}, requests delivered late {proxies.Sum(proxy => proxy.Faults.RequestsHeldBack)}");
        foreach (var verdict in verdicts)
        {
            Line($"{(verdict.Violations is [] ? "ok      " : "VIOLATED")} {verdict.Rule}{(verdict.Violations is [] ? "" : $": {verdict.Violations.Count}")}");
            foreach (var violation in verdict.Violations.Take(MostShown))
            {
                Line($"           {violation}");
            }
        }

        return text.ToString();

        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
    }

    private static string Unknown(RunHistory history)
    {
        var tokens = history.Calls.Where(call => call.Answer == Answer.Unknown).SelectMany(call => call.Items).DistinctBy(item => item.Token).ToList();
        var existing = tokens.Count(item => history.JobsOfToken.Contains(item.Token));
        return string.Create(CultureInfo.InvariantCulture, $"{tokens.Count} jobs had an unknown answer: {existing} exist, {tokens.Count - existing} do not; {tokens.Count(item => item.Keyed)} were asked for again with their key");
    }

    private static string Counted<TKey>(IEnumerable<KeyValuePair<TKey, int>> counts) =>
        string.Join(", ", counts.OrderByDescending(count => count.Value).Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key} {count.Value}")));
}
