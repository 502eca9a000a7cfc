using System.Diagnostics;
using System.Net.Sockets;

namespace Bench.Http;

/// <summary>A .NET server as a process of its own; it ends with the benchmark.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process process;

    private ServerProcess(Process process) => this.process = process;

    /// <returns>The server, once it accepts connections.</returns>
    public static async Task<ServerProcess> StartAsync(string[] arguments, int port, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", .. arguments]) { RedirectStandardOutput = true, WorkingDirectory = Path.GetDirectoryName(arguments[0]) };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { }; // Read, or the server would wait for room in the pipe.
        process.BeginOutputReadLine();
        while (!await IsOpenAsync(port))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"{arguments[0]} ended with {process.ExitCode}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
        }

        return new(process);
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private static async Task<bool> IsOpenAsync(int port)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("localhost", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
