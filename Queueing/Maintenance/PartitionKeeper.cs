using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Queueing.Store;

namespace Queueing.Maintenance;

/// <summary>Makes the partitions of the time to come, and drops those whose jobs need not be kept any more.</summary>
internal sealed partial class PartitionKeeper(
    NpgsqlDataSource dataSource, JobQueues queues, IOptions<JobRetentionOptions> options, TimeProvider time, ILogger<PartitionKeeper> logger)
    : IMaintenanceTask
{
    private const int MadeAhead = 2;
    private const int DeletedAtOnce = 1000;

    // Longer, and whoever uses the tables would feel that the drop waits for a lock before them.
    private const string LockTimeout = "set local lock_timeout = '300ms'";

    private readonly Dictionary<DateTimeOffset, DateTimeOffset> inUseUntil = [];

    public TimeSpan Interval => TimeSpan.FromSeconds(30);

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await MakeAsync(cancellationToken);
        await DropAsync(cancellationToken);
        await DeleteAsync(Sql.DeleteKept, cancellationToken);
        await DeleteAsync(Sql.DeleteKeys, cancellationToken);
    }

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        var span = options.Value.Partition;
        var now = time.GetUtcNow();
        var existing = await ListAsync(cancellationToken);
        var starts = new DateTimeOffset(now.Ticks - (now.Ticks % span.Ticks), TimeSpan.Zero);
        for (var made = 0; made <= MadeAhead; made++, starts += span)
        {
            // Where an earlier setting's partitions reach, they serve.
            if (!existing.Any(partition => partition.Starts < starts + span && partition.Ends > starts))
            {
                await CallAsync("select make_job_partition($1, $2)::text", starts, starts + span, cancellationToken);
            }
        }
    }

    private async Task DropAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var shortest = queues.Names.SelectMany(queue => new[] { queues[queue].KeepCompleted, queues[queue].KeepFailed }).DefaultIfEmpty(TimeSpan.Zero).Min();
        foreach (var (starts, ends) in await ListAsync(cancellationToken))
        {
            if (ends + shortest > now || (inUseUntil.TryGetValue(starts, out var until) && until > now))
            {
                continue;
            }

            switch (await CallAsync("select drop_job_partition($1, $2, $3)", starts, ends, cancellationToken, options.Value.MostMoved))
            {
                case "dropped":
                    inUseUntil.Remove(starts);
                    LogDropped(starts, ends);
                    break;
                case "in use":
                    // Looking reads the partition, so it is not looked at all the time.
                    inUseUntil[starts] = now + (options.Value.Partition / 8);
                    break;
            }
        }
    }

    /// <returns>What the function said; null when it could not get its locks, or others were faster.</returns>
    private async Task<string?> CallAsync(
        string call, DateTimeOffset starts, DateTimeOffset ends, CancellationToken cancellationToken, params object[] more)
    {
        try
        {
            await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using (var limit = new NpgsqlCommand(LockTimeout, connection, transaction))
            {
                await limit.ExecuteNonQueryAsync(cancellationToken);
            }

            await using var command = new NpgsqlCommand(call, connection, transaction) { CommandTimeout = 300 };
            command.Parameters.Add(new() { Value = starts.UtcDateTime });
            command.Parameters.Add(new() { Value = ends.UtcDateTime });
            foreach (var value in more)
            {
                command.Parameters.Add(new() { Value = value });
            }

            var said = (string?)await command.ExecuteScalarAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return said;
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UniqueViolation)
        {
            LogLater(starts, exception.MessageText);
            return null;
        }
    }

    private async Task DeleteAsync(string sql, CancellationToken cancellationToken)
    {
        int deleted;
        do
        {
            await using var command = dataSource.CreateCommand(sql);
            command.Parameters.Add(Statement.Value(DeletedAtOnce, NpgsqlDbType.Integer));
            deleted = await command.ExecuteScalarAsync(cancellationToken) is int count ? count : 0;
        }
        while (deleted == DeletedAtOnce);
    }

    private async Task<List<(DateTimeOffset Starts, DateTimeOffset Ends)>> ListAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql.ListPartitions);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var partitions = new List<(DateTimeOffset, DateTimeOffset)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            partitions.Add((reader.GetFieldValue<DateTimeOffset>(0), reader.GetFieldValue<DateTimeOffset>(1)));
        }

        return partitions;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Dropped the partition of the jobs from {Starts} to {Ends}")]
    private partial void LogDropped(DateTimeOffset starts, DateTimeOffset ends);

    [LoggerMessage(Level = LogLevel.Information, Message = "The partition that starts at {Starts} is changed later: {Reason}")]
    private partial void LogLater(DateTimeOffset starts, string reason);
}
