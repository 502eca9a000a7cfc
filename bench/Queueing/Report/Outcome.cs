using Bench.Queueing.Workloads;

namespace Bench.Queueing.Report;

/// <summary>What one measurement gave.</summary>
internal sealed record Outcome(Measured[] Measured, string? Failure)
{
    public override string ToString() => Failure is { } failure
        ? $"failed: {failure}"
        : string.Join(", ", Measured.Select(measured => $"{measured.Figure.Name} {Number.Format(measured.Value)} {measured.Figure.Unit}"));
}
