using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Embedded.Processes;

/// <summary>
/// Windows: a job object that ends its processes when its last handle closes, which the end of this process does.
/// Written to the documentation; it was never run. Folders stay behind.
/// </summary>
internal sealed partial class JobObjectGuard : IProcessGuard
{
    private const int ExtendedLimitInformation = 9;
    private const uint KillOnJobClose = 0x2000;

    private readonly nint job = CreateJobObject(0, null);

    public JobObjectGuard()
    {
        var limits = new ExtendedLimits { LimitFlags = KillOnJobClose };
        if (!SetInformationJobObject(job, ExtendedLimitInformation, ref limits, (uint)Marshal.SizeOf<ExtendedLimits>()))
        {
            throw new InvalidOperationException($"The job object refused its limits: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    public void Add(Process child, StopSignal signal) => AssignProcessToJobObject(job, child.Handle);

    public void Remove(int childId)
    {
        // A process that has ended leaves the job by itself.
    }

    public void AddFolder(string path)
    {
    }

    public void RemoveFolder(string path)
    {
    }

    [LibraryImport("kernel32", EntryPoint = "CreateJobObjectW", StringMarshalling = StringMarshalling.Utf16)]
    private static partial nint CreateJobObject(nint attributes, string? name);

    [LibraryImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetInformationJobObject(nint job, int kind, ref ExtendedLimits limits, uint size);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool AssignProcessToJobObject(nint job, nint process);

    // JOBOBJECT_EXTENDED_LIMIT_INFORMATION
    [StructLayout(LayoutKind.Sequential)]
    private struct ExtendedLimits
    {
        public long PerProcessUserTime, PerJobUserTime;
        public uint LimitFlags;
        public nuint MinimumWorkingSet, MaximumWorkingSet;
        public uint ActiveProcesses;
        public nuint Affinity;
        public uint PriorityClass, SchedulingClass;
        public ulong ReadOperations, WriteOperations, OtherOperations, ReadBytes, WrittenBytes, OtherBytes;
        public nuint ProcessMemory, JobMemory, PeakProcessMemory, PeakJobMemory;
    }
}
