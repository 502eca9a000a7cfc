using System.Runtime.InteropServices;

namespace Embedded.Processes;

internal static partial class Posix
{
    /// <summary>A negative <paramref name="pid"/> means the process group of that number.</summary>
    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "getppid")]
    internal static partial int GetParentId();

    [LibraryImport("libc", EntryPoint = "geteuid")]
    internal static partial uint GetEffectiveUserId();

    internal static bool IsRoot => !OperatingSystem.IsWindows() && GetEffectiveUserId() == 0;
}
