using System.Collections.Concurrent;
using Embedded.Processes;

namespace TestPackages;

/// <summary>The <c>dotnet</c> command.</summary>
internal static class Tool
{
    // Restores over a slow line.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">It failed; the message has what it printed.</exception>
    public static async Task<string> RunAsync(
        string folder, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string?> environment, CancellationToken cancellationToken)
    {
        var lines = new ConcurrentQueue<string>();
        var process = ChildProcess.Start(new("dotnet", arguments)
        {
            WorkingDirectory = folder,
            Environment = new Dictionary<string, string?>(environment)
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
            code = await process.Exited.WaitAsync(Patience, TimeProvider.System, cancellationToken);
        }
        catch
        {
            process.Kill();
            throw;
        }

        var output = string.Join('\n', lines);
        return code == 0 ? output : throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} ended with {code}:\n{output}");
    }
}
