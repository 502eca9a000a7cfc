using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Queueing.Running;
using Queueing.Store;

namespace Queueing.Maintenance;

/// <summary>Lets delayed jobs wait for a worker when their time has come.</summary>
/// <remarks>Every worker runs it, each poll interval and when it knows that the next job is due.</remarks>
internal sealed partial class DueJobPromoter(
    NpgsqlDataSource dataSource,
    SessionKeeper sessions,
    JobWakeUp wakeUp,
    IOptions<JobWorkerOptions> options,
    TimeProvider time,
    ILogger<DueJobPromoter> logger) : BackgroundService
{
    private const int Batch = 1000;

    private bool failing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await sessions.CurrentAsync(stoppingToken);
            await Task.Delay(await RunUntilNoneIsDueAsync(stoppingToken), time, stoppingToken);
        }
    }

    /// <returns>How many jobs it promoted: 1,000 at most.</returns>
    internal async Task<int> RunOnceAsync(CancellationToken stoppingToken)
    {
        await using var command = dataSource.CreateCommand(Sql.PromoteDueJobs);
        command.Parameters.Add(Statement.Value(Batch, NpgsqlDbType.Integer));
        await using var reader = await command.ExecuteReaderAsync(stoppingToken);
        var promoted = 0;
        while (await reader.ReadAsync(stoppingToken))
        {
            wakeUp.Signal(reader.GetString(0), reader.GetInt64(2));
            promoted += reader.GetInt32(1);
        }

        return promoted;
    }

    /// <returns>How long to wait for the next one.</returns>
    private async Task<TimeSpan> RunUntilNoneIsDueAsync(CancellationToken stoppingToken)
    {
        var poll = options.Value.PollInterval;
        try
        {
            while (await RunOnceAsync(stoppingToken) == Batch)
            {
                // More of them are due.
            }

            failing = false;
            await using var command = dataSource.CreateCommand(Sql.NextDueTime);
            return await command.ExecuteScalarAsync(stoppingToken) is TimeSpan next && next < poll
                ? TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(next.TotalMilliseconds)))
                : poll;
        }
        catch (NpgsqlException exception)
        {
            if (!failing)
            {
                failing = true;
                LogUnreachable(exception.Message);
            }

            return poll;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Delayed jobs can't be let run ({Reason}); they wait until the database is back")]
    private partial void LogUnreachable(string reason);
}
