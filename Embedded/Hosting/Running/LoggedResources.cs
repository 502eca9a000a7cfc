using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Embedded.Hosting;

/// <summary>Under test, what the processes say goes to the test's own loggers.</summary>
internal sealed partial class LoggedResources(ResourceLoggerService logs, ILoggerFactory loggers) : IHostedService
{
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
        var logger = loggers.CreateLogger($"Resources.{resourceId}");
        var level = line.IsErrorMessage ? LogLevel.Error : LogLevel.Information;
        Forward(logger, level, line.Content);
    }

    [LoggerMessage("{Line}")]
    private static partial void Forward(ILogger logger, LogLevel level, string line);
}
