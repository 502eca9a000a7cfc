using System.Collections.Concurrent;
using Embedded.Processes;

namespace Queueing.Package.Tests;

/// <summary>The <c>dotnet</c> command.</summary>
internal static class Tool
{
    // Restores over a slow line.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <returns>What it printed.</returns>
    public static async Task<string> RunAsync(
        string folder, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var lines = new ConcurrentQueue<string>();
        var process = ChildProcess.Start(new("dotnet", arguments)
        {
            WorkingDirectory = folder,
            Environment = new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>())
            {
                // A server that is left behind for the next build would hold the output open.
                ["MSBUILDDISABLENODEREUSE"] = "1",
                ["UseSharedCompilation"] = "false",
                ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
            },
            Output = (line, _) => lines.Enqueue(line),
        });
        int code;
        try
        {
            code = await process.Exited.WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
        }
        catch
        {
            process.Kill();
            throw;
        }

        var output = string.Join('\n', lines);
        Assert.True(code == 0, $"dotnet {string.Join(' ', arguments)} ended with {code}:\n{output}");
        return output;
    }
}
