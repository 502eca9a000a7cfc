using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Embedded.Postgres;

/// <summary>
/// The file by which PostgreSQL keeps a second server out of a data folder. Another program that by chance has the
/// number in it would keep out the next server too; a server that is just being ended deserves a moment.
/// </summary>
internal static class LeftByKilledServer
{
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(10);

    public static async Task ClearAsync(string pidFile, CancellationToken cancellationToken)
    {
        if (!File.Exists(pidFile))
        {
            return;
        }
        if (int.TryParse(File.ReadLines(pidFile).FirstOrDefault(), CultureInfo.InvariantCulture, out var pid) && TryGetServer(pid) is { } server)
        {
            using (server)
            using (var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken))
            {
                patience.CancelAfter(EndTime);
                try
                {
                    await server.WaitForExitAsync(patience.Token);
                }
                catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                {
                    throw new PostgresUnavailableException($"PostgreSQL runs already in {Path.GetDirectoryName(pidFile)}, as process {pid}. Stop it first.");
                }
            }
        }
        File.Delete(pidFile);
    }

    private static Process? TryGetServer(int pid)
    {
        try
        {
            var process = Process.GetProcessById(pid);
            return process.ProcessName.StartsWith("postgres", StringComparison.OrdinalIgnoreCase) ? process : null;
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return null;
        }
    }
}
