using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using Queueing.Store;

namespace Queueing.Maintenance;

/// <summary>
/// Keeps the tables that change all the time small. They are vacuumed more often than autovacuum would. A transaction held
/// open anywhere in the database keeps their dead rows from vacuum; then a table that has grown past what its live rows
/// need is rewritten.
/// </summary>
internal sealed partial class HotTableKeeper(NpgsqlDataSource dataSource, ILogger<HotTableKeeper> logger) : IMaintenanceTask
{
    private const string LockTimeout = "set local lock_timeout = '100ms'";

    public TimeSpan Interval => TimeSpan.FromSeconds(1);

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (var (table, bytes, isHeld) in await FindBloatedAsync(cancellationToken))
        {
            await (isHeld ? RewriteAsync(table, bytes, cancellationToken) : VacuumAsync(table, cancellationToken));
        }
    }

    private async Task<List<(string Table, long Bytes, bool IsHeld)>> FindBloatedAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql.FindBloatedTables);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var bloated = new List<(string, long, bool)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            bloated.Add((reader.GetString(0), reader.GetInt64(1), reader.GetBoolean(2)));
        }

        return bloated;
    }

    private async Task VacuumAsync(string table, CancellationToken cancellationToken)
    {
        // Skipped where autovacuum is at it, and, with a warning, where the tables are somebody else's.
        await using var command = dataSource.CreateCommand($"vacuum (skip_locked) {table}");
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task RewriteAsync(string table, long bytes, CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using (var limit = new NpgsqlCommand(LockTimeout, connection, transaction))
            {
                await limit.ExecuteNonQueryAsync(cancellationToken);
            }

            await using var command = new NpgsqlCommand("select rewrite_small_table($1::regclass)", connection, transaction);
            command.Parameters.Add(Statement.Value(table, NpgsqlDbType.Text));
            var live = (long)(await command.ExecuteScalarAsync(cancellationToken))!;
            await transaction.CommitAsync(cancellationToken);
            LogRewritten(table, bytes, live);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            LogLater(table, exception.MessageText);
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Table} had grown to {Bytes} bytes for {Live} rows and was rewritten")]
    private partial void LogRewritten(string table, long bytes, long live);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Table} is rewritten later: {Reason}")]
    private partial void LogLater(string table, string reason);
}
