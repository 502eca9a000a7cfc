using Bench.Queueing.Harness;

namespace Bench.Queueing.Report;

/// <summary>One contender's rounds.</summary>
internal sealed record Summary(Contender Contender, double[] Rounds)
{
    public double Min => Rounds.Min();

    public double Max => Rounds.Max();

    public double Median
    {
        get
        {
            var sorted = Rounds.Order().ToArray();
            return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
        }
    }
}
