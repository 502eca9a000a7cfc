using System.Diagnostics;

namespace Embedded.Processes;

/// <summary>Ends the children of this process when it dies without having stopped them, by SIGKILL for instance.</summary>
internal interface IProcessGuard
{
    void Add(Process child, StopSignal signal);

    void Remove(int childId);

    /// <summary>A folder to delete once the children are gone.</summary>
    void AddFolder(string path);

    void RemoveFolder(string path);
}

internal static class ProcessGuard
{
    private static readonly Lazy<IProcessGuard> Instance =
        new(() => OperatingSystem.IsWindows() ? new JobObjectGuard() : new ShellGuard());

    /// <summary>One for the process: its death is what the guard waits for.</summary>
    public static IProcessGuard Shared => Instance.Value;
}
