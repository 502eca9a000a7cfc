using Bench.Queueing.Harness;
using Bench.Queueing.Workloads;

namespace Bench.Queueing.Report;

/// <summary>A run's figures, as they come.</summary>
internal sealed class Results(BenchOptions options, IReadOnlyDictionary<string, string> machine)
{
    private readonly List<(int Round, Workload Workload, Contender Contender, Outcome Outcome)> outcomes = [];

    public BenchOptions Options => options;

    public IReadOnlyDictionary<string, string> Machine => machine;

    public bool AllMeasured => outcomes.TrueForAll(entry => entry.Outcome.Failure is null);

    public IEnumerable<(int Round, string Workload, string Contender, string Message)> Failures =>
        from entry in outcomes
        where entry.Outcome.Failure is not null
        select (entry.Round, entry.Workload.Name, entry.Contender.Name, entry.Outcome.Failure);

    public void Add(int round, Workload workload, Contender contender, Outcome outcome) =>
        outcomes.Add((round, workload, contender, outcome));

    /// <summary>The workload's figures, each with every contender's rounds in the contenders' order.</summary>
    public IEnumerable<Comparison> Compare(Workload workload) =>
        from entry in outcomes
        where entry.Workload == workload
        from measured in entry.Outcome.Measured
        group (entry.Contender, measured.Value) by measured.Figure into ofFigure
        select new Comparison(
            ofFigure.Key,
            [
                .. from contender in options.Contenders
                   let rounds = ofFigure.Where(value => value.Contender == contender).Select(value => value.Value).ToArray()
                   where rounds.Length > 0
                   select new Summary(contender, rounds),
            ]);
}
