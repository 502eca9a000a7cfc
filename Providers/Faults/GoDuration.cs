using System.Buffers;
using System.Globalization;

namespace Providers.Faults;

/// <summary>Durations as Go writes them ("6m0s", "1.5s", "120ms"), as OpenAI does, and Google does in seconds.</summary>
internal static class GoDuration
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    /// <returns>Null for what is none.</returns>
    public static TimeSpan? Read(string? text)
    {
        var rest = text.AsSpan().Trim();
        if (rest.IsEmpty)
        {
            return null;
        }

        double seconds = 0;
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (digits <= 0 || !double.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            rest = rest[digits..];
            var end = rest.IndexOfAny(Digits);
            var unit = end < 0 ? rest : rest[..end];
            if (SecondsOf(unit) is not { } unitSeconds)
            {
                return null;
            }

            seconds += number * unitSeconds;
            rest = rest[unit.Length..];
        }

        return Waits.Span(seconds);
    }

    private static double? SecondsOf(ReadOnlySpan<char> unit) => unit switch
    {
        "d" => 86_400,
        "h" => 3600,
        "m" => 60,
        "s" => 1,
        "ms" => 1e-3,
        "us" or "µs" => 1e-6,
        "ns" => 1e-9,
        _ => null,
    };
}
