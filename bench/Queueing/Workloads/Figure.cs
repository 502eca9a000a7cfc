namespace Bench.Queueing.Workloads;

/// <summary>What a number says.</summary>
internal sealed record Figure(string Name, string Unit, bool MoreIsBetter)
{
    public static Figure Throughput { get; } = new("throughput", "jobs/s", MoreIsBetter: true);

    public static Figure Enqueued { get; } = new("enqueued", "jobs/s", MoreIsBetter: true);

    public static Figure Median { get; } = new("p50", "ms", MoreIsBetter: false);

    public static Figure Tail { get; } = new("p99", "ms", MoreIsBetter: false);

    public static Figure DrainMemory { get; } = new("drain-memory", "MiB", MoreIsBetter: false);

    public static Measured[] Latencies(double[] milliseconds)
    {
        Array.Sort(milliseconds);
        return [new(Median, At(0.5)), new(Tail, At(0.99))];

        double At(double quantile) => milliseconds[(int)(quantile * (milliseconds.Length - 1))];
    }
}
