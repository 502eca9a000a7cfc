namespace Bench.Http;

/// <summary>What wrk saw.</summary>
internal sealed record Load(double RequestsPerSecond, TimeSpan P50, TimeSpan P99)
{
    public override string ToString() => $"{RequestsPerSecond:N0}/s, p50 {P50.TotalMilliseconds:F2} ms, p99 {P99.TotalMilliseconds:F2} ms";
}
