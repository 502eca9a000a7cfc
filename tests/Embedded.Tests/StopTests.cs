using Embedded.Processes;

namespace Embedded.Tests;

public class StopTests
{
    [Fact]
    public async Task A_signal_ends_everything_in_order()
    {
        await using var host = await HostProcess.StartAndWaitAsync("--model=whole");
        var processes = Live.DescendantsOf(host.Id);
        var folder = TemporaryFolderOf(processes);
        Assert.True(Directory.Exists(folder));

        host.Signal(StopSignal.Terminate);
        Assert.Equal(0, await host.Exited);
        await Eventually.TrueAsync(() => !processes.Any(Live.IsRunning));
        Assert.False(Directory.Exists(folder));
        Assert.Contains("received fast shutdown request", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_terminal_interrupts_only_the_host_and_the_host_stops_the_rest()
    {
        await using var host = await HostProcess.StartAndWaitAsync("--model=whole");
        var processes = Live.DescendantsOf(host.Id);
        Assert.DoesNotContain(processes, pid => Live.GroupOf(pid) == host.Id);

        host.InterruptGroup();
        Assert.Equal(0, await host.Exited);
        await Eventually.TrueAsync(() => !processes.Any(Live.IsRunning));
    }

    [Fact]
    public async Task A_killed_host_takes_everything_with_it()
    {
        await using var host = await HostProcess.StartAndWaitAsync("--model=whole");
        var processes = Live.DescendantsOf(host.Id);
        var folder = TemporaryFolderOf(processes);
        // Postgres' own children are among them, and the guard.
        Assert.InRange(processes.Length, 7, 100);
        var guard = Assert.Single(processes, pid => Live.CommandLine(pid).Contains("trap", StringComparison.Ordinal));
        foreach (var ignored in new[] { StopSignal.Interrupt, StopSignal.Terminate })
        {
            Posix.Kill(guard, (int)ignored);
        }

        host.Signal(StopSignal.Kill);
        await host.Exited;
        await Eventually.TrueAsync(() => !processes.Any(Live.IsRunning));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_host_stops_when_the_dotnet_run_that_started_it_is_killed()
    {
        using var folder = new TemporaryFolder("parent-");
        var (parentProgram, log) = (Path.Combine(folder.Path, "dotnet"), Path.Combine(folder.Path, "log"));
        File.Copy("/bin/sh", parentProgram);
        var host = typeof(Projects.Embedded_Tests_AppHost).Assembly.Location;
        // In a session of its own, so that only its parent's end can reach it.
        var parent = ChildProcess.Start(new ChildCommand(parentProgram, ["-c", $"setsid dotnet exec '{host}' --model=whole >'{log}' 2>&1 & wait"]));
        await Eventually.TrueAsync(() => File.Exists(log) && File.ReadAllText(log).Contains("Everything is up", StringComparison.Ordinal));
        var processes = Live.DescendantsOf(parent.Id);

        Posix.Kill(parent.Id, (int)StopSignal.Kill);
        await Eventually.TrueAsync(() => !processes.Any(Live.IsRunning));
        Assert.Contains("received fast shutdown request", await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static string TemporaryFolderOf(int[] processes)
    {
        var postgres = Live.CommandLine(processes.First(pid => Live.CommandLine(pid).Contains("/postgres -D ", StringComparison.Ordinal)));
        return Path.GetDirectoryName(postgres.Split(" -D ")[1].Split(' ')[0])!;
    }
}
