using System.Globalization;
using Embedded.Processes;

namespace Embedded.Tests;

/// <summary>Looks at what really runs on this machine.</summary>
internal static class Live
{
    /// <summary>A process that was killed but not yet collected by its parent doesn't run any more.</summary>
    public static bool IsRunning(int pid) => OperatingSystem.IsLinux()
        ? TryRead($"/proc/{pid}/stat") is { } stat && stat[(stat.LastIndexOf(')') + 2)..] is not ['Z' or 'X', ..]
        : Posix.Kill(pid, 0) == 0;

    /// <summary>The processes that this one started, and those that they started, by their parents' numbers.</summary>
    public static int[] DescendantsOf(int pid)
    {
        var children = Processes().ToLookup(ParentOf);
        IEnumerable<int> Below(int parent) => children[parent].SelectMany(child => Below(child).Prepend(child));
        return [.. Below(pid)];
    }

    public static int GroupOf(int pid) => Stat(pid, 2);

    public static string CommandLine(int pid) => (TryRead($"/proc/{pid}/cmdline") ?? "").Replace('\0', ' ');

    private static IEnumerable<int> Processes() =>
        Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Select(name => int.TryParse(name, out var pid) ? pid : 0).Where(pid => pid > 0);

    private static int ParentOf(int pid) => Stat(pid, 1);

    // The fields that follow the program's name, which may hold anything: state, parent, group.
    private static int Stat(int pid, int field) => TryRead($"/proc/{pid}/stat") is { } stat
        ? int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[field], CultureInfo.InvariantCulture)
        : 0;

    private static string? TryRead(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
