using Embedded.Processes;

namespace TestServers;

/// <summary>A program run as a process of its own, which a test can stop, kill, and let stand still. It ends with the test's process.</summary>
public sealed class TestProgram
{
    private readonly ChildProcess process;

    private TestProgram(ChildProcess process) => this.process = process;

    public int Id => process.Id;

    /// <summary>The exit code; 128 + n after signal n.</summary>
    public Task<int> Exited => process.Exited;

    /// <param name="assembly">The program's path.</param>
    /// <param name="environment">Comes on top of the test's own.</param>
    /// <param name="output">Gets every line; called from two threads at a time.</param>
    public static TestProgram Start(string assembly, IReadOnlyDictionary<string, string?> environment, Action<string> output) =>
        new(ChildProcess.Start(new("dotnet", ["exec", assembly]) { Environment = environment, Output = (line, _) => output(line) }));

    /// <param name="fileName">The program, for instance a path to node.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="environment">Comes on top of the test's own.</param>
    public static TestProgram Start(string fileName, string[] arguments, string folder, IReadOnlyDictionary<string, string?> environment) =>
        new(ChildProcess.Start(new(fileName, arguments) { WorkingDirectory = folder, Environment = environment }));

    /// <summary>Lets it stand still, as a machine does that is put to sleep.</summary>
    public void Pause() => Signal(OperatingSystem.IsMacOS() ? 17 : 19);

    public void Continue() => Signal(OperatingSystem.IsMacOS() ? 19 : 18);

    /// <summary>Asks it to end; kills it when it is still there after <paramref name="patience"/>.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync(TimeSpan patience)
    {
        using var end = new CancellationTokenSource(patience);
        await process.StopAsync(StopSignal.Terminate, end.Token);
        return await Exited;
    }

    /// <summary>Ends it without a goodbye.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await Exited;
    }

    private void Signal(int number) => _ = Posix.Kill(Id, number);
}
