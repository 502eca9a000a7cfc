using System.Diagnostics;

namespace Bench.Notifications;

/// <summary>A server of event streams as a process, and what it uses.</summary>
internal sealed record ServerUnderTest(string Name, int Port, int ProcessId, Func<Task> StopAsync)
{
    public double MemoryMiB => Usage().WorkingSet64 / (1024.0 * 1024);

    public TimeSpan Cpu => Usage().TotalProcessorTime;

    private Process Usage() => Process.GetProcessById(ProcessId);
}
