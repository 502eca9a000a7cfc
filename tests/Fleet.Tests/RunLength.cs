[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)] // Each has four workers.

namespace Fleet.Tests;

/// <summary>How long the runs are: a short form that belongs to every test run, and the long one where FLEET_LONG is set.</summary>
internal static class RunLength
{
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("FLEET_LONG") is not (null or "" or "0");
}
