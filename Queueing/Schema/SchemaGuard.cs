using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Queueing.Schema;

/// <summary>Holds a worker back until the database has its schema, and stops a host that is too old for it.</summary>
internal sealed partial class SchemaGuard(SchemaMigrator migrator, TimeProvider time, ILogger<SchemaGuard> logger) : BackgroundService
{
    private static readonly TimeSpan UntilDatabaseReturns = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource fits = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool saidTooOld;

    /// <summary>Completes once the schema is known to fit.</summary>
    public Task Fits => fits.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A schema that is too new ends the host: the exception is the reason that its log gives.
        while (!await TryCheckAsync(stoppingToken))
        {
            await Task.Delay(UntilDatabaseReturns, time, stoppingToken);
        }

        fits.SetResult();
    }

    private async Task<bool> TryCheckAsync(CancellationToken stoppingToken)
    {
        try
        {
            await migrator.CheckAsync(stoppingToken);
            return true;
        }
        catch (SchemaTooOldException exception)
        {
            // Somebody may be about to migrate it.
            if (!saidTooOld)
            {
                saidTooOld = true;
                LogTooOld(exception.Message);
            }

            return false;
        }
        catch (NpgsqlException exception)
        {
            LogUnreachable(exception.Message);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No jobs can be accepted or run yet: {Reason}")]
    private partial void LogTooOld(string reason);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The database's schema can't be checked yet: {Reason}")]
    private partial void LogUnreachable(string reason);
}
