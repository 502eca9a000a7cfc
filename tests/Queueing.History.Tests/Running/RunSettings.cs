using System.Globalization;

namespace Queueing.History.Tests.Running;

/// <summary>What a run depends on.</summary>
/// <param name="Seed">Of the plan of actions and faults. How they meet in time is not planned.</param>
/// <param name="Duration">Of the part with faults; draining comes on top.</param>
internal sealed record RunSettings(int Seed, TimeSpan Duration)
{
    private const int DefaultSeed = 20260;

    /// <summary>HISTORY_SEED and HISTORY_MINUTES, else a fixed seed and a minute.</summary>
    public static RunSettings FromEnvironment() => new(
        Read("HISTORY_SEED") is { } seed ? int.Parse(seed, CultureInfo.InvariantCulture) : DefaultSeed,
        TimeSpan.FromMinutes(Read("HISTORY_MINUTES") is { } minutes ? double.Parse(minutes, CultureInfo.InvariantCulture) : 1));

    private static string? Read(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
