using System.Diagnostics;

namespace Bench.Queueing.Contenders;

/// <summary>What every job carries: about 200 bytes as JSON.</summary>
/// <param name="SentAt">Microseconds on the machine's monotonic clock, which its processes share; 0 where the wait is not measured.</param>
/// <param name="Number">Which job it is.</param>
/// <param name="Text">Ballast.</param>
public sealed record Payload(long SentAt, int Number, string Text)
{
    private const string Ballast =
        "The mitochondrion makes most of the cell's supply of adenosine triphosphate, "
        + "which is used throughout the cell, by all of its parts, as a source of chemical energy.";

    public static long Now => Stopwatch.GetTimestamp() / (Stopwatch.Frequency / 1_000_000);

    public static Payload Of(int number) => new(0, number, Ballast);

    public static Payload SentNow(int number) => new(Now, number, Ballast);
}
