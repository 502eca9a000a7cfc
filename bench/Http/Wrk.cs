using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Bench.Http;

/// <summary>The load generator.</summary>
internal static partial class Wrk
{
    /// <param name="url">Where to post to.</param>
    /// <param name="connections">How many requests are under way at a time.</param>
    /// <param name="seconds">For how long.</param>
    /// <param name="pause">What each connection waits before its next request.</param>
    /// <exception cref="InvalidOperationException">An answer was not 2xx, or wrk is missing.</exception>
    public static async Task<Load> RunAsync(string url, int connections, int seconds, TimeSpan pause = default)
    {
        var script = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(script, Script(pause));
            var output = await RunAsync("-t", "1", "-c", $"{connections}", "-d", $"{seconds}s", "--latency", "-s", script, url);
            return output.Contains("Non-2xx", StringComparison.Ordinal)
                ? throw new InvalidOperationException(output)
                : new(double.Parse(Rate().Match(output).Groups[1].Value), Latency(output, "50"), Latency(output, "99"));
        }
        finally
        {
            File.Delete(script);
        }
    }

    // The pause varies, or all connections would send at the same moment.
    private static string Script(TimeSpan pause) => $$"""
        wrk.method = "POST"
        wrk.headers["content-type"] = "application/json"
        wrk.headers["user-id"] = "bench"
        wrk.body = '{"content":"A cell is the basic unit of life. Ribosomes are small particles that assemble proteins from amino acids.","subject":"Medicine","topic":"Cells"}'
        {{(pause > TimeSpan.Zero ? $"function delay() return math.random(0, {2 * pause.TotalMilliseconds:F0}) end" : "")}}
        """;

    private static async Task<string> RunAsync(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("wrk", arguments) { RedirectStandardOutput = true })!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return output;
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException("wrk is not installed on this machine.");
        }
    }

    private static TimeSpan Latency(string output, string percentile)
    {
        var match = Regex.Match(output, $@"^\s+{percentile}%\s+([\d.]+)(us|ms|s)", RegexOptions.Multiline);
        var value = double.Parse(match.Groups[1].Value);
        return match.Groups[2].Value switch
        {
            "us" => TimeSpan.FromMicroseconds(value),
            "ms" => TimeSpan.FromMilliseconds(value),
            _ => TimeSpan.FromSeconds(value),
        };
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex Rate();
}
