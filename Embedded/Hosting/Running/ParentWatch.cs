using System.Diagnostics;
using Embedded.Processes;
using Microsoft.Extensions.Hosting;

namespace Embedded.Hosting;

/// <summary>
/// Stops the application when the <c>dotnet run</c> that started it is gone. Killing that one tells its child nothing,
/// and a person who did so means the application.
/// </summary>
internal sealed class ParentWatch(IHostApplicationLifetime lifetime, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var parent = Posix.GetParentId();
        if (!IsDotnet(parent))
        {
            return;
        }
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (Posix.GetParentId() != parent)
            {
                lifetime.StopApplication();
                return;
            }
        }
    }

    private static bool IsDotnet(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.ProcessName == "dotnet";
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
