using System.Diagnostics;

namespace Bench.Providers;

internal static class Timing
{
    /// <returns>The median of so many calls, in milliseconds.</returns>
    public static async Task<double> MedianAsync(Func<Task> call, int calls)
    {
        var times = new List<double>(calls);
        for (var i = 0; i < calls; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await call();
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return Median(times);
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
