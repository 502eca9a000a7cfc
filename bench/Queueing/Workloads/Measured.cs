namespace Bench.Queueing.Workloads;

internal sealed record Measured(Figure Figure, double Value);
