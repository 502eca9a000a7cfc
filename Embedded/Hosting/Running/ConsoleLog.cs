using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Embedded.Hosting;

/// <summary>Writes what every process says, each line behind the name of who said it.</summary>
internal sealed class ConsoleLog(DistributedApplicationModel model, ResourceLoggerService logs) : IHostedService
{
    private static readonly int[] Colours = [36, 32, 33, 35, 34, 96, 92, 93, 95, 94];
    private static readonly bool IsColoured = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    private readonly string[] ids = [.. model.Resources.SelectMany(
        resource => Enumerable.Range(0, resource.ReplicaCount).Select(resource.ReplicaId))];

    public Task StartAsync(CancellationToken cancellationToken)
    {
        logs.LineWritten += Write;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        logs.LineWritten -= Write;
        return Task.CompletedTask;
    }

    private void Write(string resourceId, LogLine line)
    {
        var prefix = $"{resourceId.PadRight(ids.Max(id => id.Length))} | ";
        if (IsColoured)
        {
            prefix = $"\e[{Colours[Math.Max(0, Array.IndexOf(ids, resourceId)) % Colours.Length]}m{prefix}\e[0m";
        }
        Console.Out.WriteLine(prefix + line.Content);
    }
}
