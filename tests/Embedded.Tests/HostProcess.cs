using System.Collections.Concurrent;
using Embedded.Processes;

namespace Embedded.Tests;

/// <summary>The sample AppHost as a program of its own, as a person runs it.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly string Assembly = typeof(Projects.Embedded_Tests_AppHost).Assembly.Location;

    private readonly ConcurrentQueue<string> lines = [];
    private readonly ChildProcess process;

    private HostProcess(string[] args) => process = ChildProcess.Start(new ChildCommand("dotnet", ["exec", Assembly, .. args])
    {
        Output = (line, _) => lines.Enqueue(line),
    });

    public int Id => process.Id;

    public Task<int> Exited => process.Exited;

    public string Output => string.Join('\n', lines);

    public static HostProcess Start(params string[] args) => new(args);

    public static async Task<HostProcess> StartAndWaitAsync(params string[] args)
    {
        var host = Start(args);
        await host.SaysAsync("Everything is up");
        return host;
    }

    public async Task SaysAsync(string text)
    {
        await Eventually.TrueAsync(() => Output.Contains(text, StringComparison.Ordinal) || Exited.IsCompleted);
        Assert.Contains(text, Output, StringComparison.Ordinal);
    }

    public void Signal(StopSignal signal) => Posix.Kill(Id, (int)signal);

    /// <summary>As Ctrl+C in a terminal does it.</summary>
    public void InterruptGroup() => Posix.Kill(-Id, (int)StopSignal.Interrupt);

    public async ValueTask DisposeAsync()
    {
        Signal(StopSignal.Terminate);
        await Exited;
    }
}
