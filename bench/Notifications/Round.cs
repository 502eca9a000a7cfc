namespace Bench.Notifications;

/// <summary>What one server did in one round.</summary>
/// <param name="KibPerStream">The process's memory over the number of its streams.</param>
/// <param name="IdleCpu">Of one core, while nothing happens but heartbeats.</param>
/// <param name="Heard">How many of the reports arrived, of all.</param>
/// <param name="P50">From before a report's commit to its arrival at the client.</param>
/// <param name="P99">The same.</param>
/// <param name="Cpu">Of one core, under reports.</param>
/// <param name="Storm">Until all streams, cut at one moment, were answered again; to which the clients' own part belongs.</param>
internal sealed record Round(double KibPerStream, double IdleCpu, double Heard, TimeSpan P50, TimeSpan P99, double Cpu, TimeSpan Storm)
{
    public override string ToString() =>
        $"{KibPerStream:F1} KiB a stream, idle {IdleCpu:P1} of a core; reports: {Heard:P1} heard, p50 {P50.TotalMilliseconds:F1} ms, "
        + $"p99 {P99.TotalMilliseconds:F1} ms, {Cpu:P0} of a core; all back after {Storm.TotalSeconds:F1} s";
}
