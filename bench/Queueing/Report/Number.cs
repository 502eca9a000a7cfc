using System.Globalization;

namespace Bench.Queueing.Report;

internal static class Number
{
    /// <summary>Three digits or so: more would be noise.</summary>
    public static string Format(double value) => value.ToString(
        value switch
        {
            >= 100 => "N0",
            >= 10 => "N1",
            _ => "N2",
        },
        CultureInfo.InvariantCulture);
}
