using System.Diagnostics;

namespace Embedded.Processes;

/// <summary>A child process that is read line by line, leads its own session, and doesn't outlive this process.</summary>
internal sealed class ChildProcess
{
    // A grandchild may hold the pipes open for longer than the child lives.
    private static readonly TimeSpan DrainTime = TimeSpan.FromMilliseconds(500);

    private readonly Process process;
    private volatile bool gone;

    private ChildProcess(Process process, ChildCommand command)
    {
        this.process = process;
        Id = process.Id;
        Exited = WatchAsync(command);
    }

    public int Id { get; }

    /// <summary>The exit code, once the process is gone and its output is read; 128 + n after signal n.</summary>
    public Task<int> Exited { get; }

    public static ChildProcess Start(ChildCommand command)
    {
        var (fileName, arguments) = OwnSession.Wrap(command.FileName, command.Arguments);
        var start = new ProcessStartInfo(fileName, arguments)
        {
            WorkingDirectory = command.WorkingDirectory ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in command.Environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new InvalidOperationException($"{command.FileName} did not start.");
        ProcessGuard.Shared.Add(process, command.WhenOrphaned);
        process.StandardInput.Close();
        return new ChildProcess(process, command);
    }

    /// <summary>Sends the signal and, when the process is still there as <paramref name="patience"/> ends, kills its whole group.</summary>
    public async Task StopAsync(StopSignal signal, CancellationToken patience)
    {
        if (!Exited.IsCompleted)
        {
            Signal(signal);
            await Task.WhenAny(Exited, Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, patience));
        }
        if (!Exited.IsCompleted)
        {
            Kill();
        }
        await Exited;
    }

    public void Kill()
    {
        if (OperatingSystem.IsWindows())
        {
            process.Kill(entireProcessTree: true);
        }
        else if (Posix.Kill(-Id, (int)StopSignal.Kill) != 0)
        {
            // There is no group of that number yet between the fork and setsid.
            Signal(StopSignal.Kill);
        }
    }

    // Windows has no signal for a process without a console of its own: there a stop is a kill.
    private void Signal(StopSignal signal)
    {
        if (OperatingSystem.IsWindows())
        {
            process.Kill(entireProcessTree: true);
        }
        else if (!gone)
        {
            _ = Posix.Kill(Id, (int)signal);
        }
    }

    private async Task<int> WatchAsync(ChildCommand command)
    {
        var output = Task.WhenAll(
            ReadAsync(process.StandardOutput, line => command.Output(line, false)),
            ReadAsync(process.StandardError, line => command.Output(line, true)));
        await process.WaitForExitAsync();
        gone = true;
        if (!OperatingSystem.IsWindows())
        {
            // What it started and left behind.
            _ = Posix.Kill(-Id, (int)StopSignal.Kill);
        }
        ProcessGuard.Shared.Remove(Id);
        await Task.WhenAny(output, Task.Delay(DrainTime, TimeProvider.System));
        var exitCode = process.ExitCode;
        process.Dispose();
        return exitCode;
    }

    private static async Task ReadAsync(StreamReader reader, Action<string> output)
    {
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                output(line);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // The pipe was closed under us because a grandchild still holds its other end: what it says is lost.
        }
    }
}
