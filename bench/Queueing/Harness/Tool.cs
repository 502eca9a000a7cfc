using System.ComponentModel;
using System.Diagnostics;

namespace Bench.Queueing.Harness;

/// <summary>Runs a program of this machine to its end.</summary>
internal static class Tool
{
    public static async Task<(int ExitCode, string Output)> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        try
        {
            using var process = Process.Start(start)!;
            await using var killed = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
            var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
            var errors = await process.StandardError.ReadToEndAsync(CancellationToken.None);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            return (process.ExitCode, $"{await output}{errors}".Trim());
        }
        catch (Win32Exception)
        {
            throw new BenchException($"'{start.FileName}' is not installed on this machine.");
        }
    }
}
