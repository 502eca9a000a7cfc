using Npgsql;
using NpgsqlTypes;
using Queueing.Events;
using Queueing.Store;
using StackExchange.Redis;

namespace Queueing;

/// <summary>Steers jobs and queues that exist: cancel, run again, pause.</summary>
public sealed class JobControl
{
    private readonly NpgsqlDataSource dataSource;
    private readonly JobEvents events;
    private readonly JobWakeUp wakeUp;
    private readonly IConnectionMultiplexer? redis;

    internal JobControl(NpgsqlDataSource dataSource, JobEvents events, JobWakeUp wakeUp, IConnectionMultiplexer? redis) =>
        (this.dataSource, this.events, this.wakeUp, this.redis) = (dataSource, events, wakeUp, redis);

    /// <summary>Calls a job off. One that waits never runs; the token of one that runs is cancelled within a second.</summary>
    /// <remarks>A handler that ends well before it heeds its token has completed the job: what is done is done.</remarks>
    public async Task<CancelAnswer> CancelAsync(Guid jobId, CancellationToken cancellationToken = default)
    {
        await using var command = dataSource.CreateCommand(Sql.CancelJob);
        command.Parameters.Add(Statement.Value(jobId, NpgsqlDbType.Uuid));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return CancelAnswer.NotPending;
        }

        if (reader.GetBoolean(0))
        {
            events.Cancelled(jobId, reader.GetString(1), reader.GetInt32(2));
            return CancelAnswer.Cancelled;
        }

        if (redis is { IsConnected: true })
        {
            redis.GetSubscriber().Publish(RedisKeys.Cancel, jobId.ToString(), CommandFlags.FireAndForget);
        }

        return CancelAnswer.Asked;
    }

    /// <summary>Lets a failed or cancelled job run again, from its first attempt.</summary>
    /// <returns>False when the job is unknown, has not ended, or has completed.</returns>
    public async Task<bool> TryRedriveAsync(Guid jobId, CancellationToken cancellationToken = default)
    {
        await using var command = dataSource.CreateCommand(Sql.RedriveJob);
        command.Parameters.Add(Statement.Value(jobId, NpgsqlDbType.Uuid));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return false;
        }

        events.Waiting(jobId, reader.GetString(1), reader.GetInt32(3));
        wakeUp.Signal(reader.GetString(0), reader.GetInt64(2));
        return true;
    }

    /// <summary>Gives no more jobs of a queue to workers. Those that run go on; new ones are accepted and wait.</summary>
    public Task PauseAsync(string queue, CancellationToken cancellationToken = default) => SetPausedAsync(queue, true, cancellationToken);

    /// <summary>Ends a pause.</summary>
    public async Task ResumeAsync(string queue, CancellationToken cancellationToken = default)
    {
        await SetPausedAsync(queue, false, cancellationToken);
        wakeUp.Signal(queue, long.MinValue);
    }

    /// <summary>Ends the wait of the jobs that were snoozed for a reason (<see cref="JobOutcome.SnoozeFor"/>): what they waited for is there.</summary>
    /// <returns>How many.</returns>
    public async Task<int> WakeSnoozedAsync(string reason, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        await using var command = dataSource.CreateCommand(Sql.WakeSnoozed);
        command.Parameters.Add(Statement.Value(reason, NpgsqlDbType.Text));
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task SetPausedAsync(string queue, bool paused, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(queue);
        await using var command = dataSource.CreateCommand(Sql.SetPaused);
        command.Parameters.Add(Statement.Value(queue, NpgsqlDbType.Text));
        command.Parameters.Add(Statement.Value(paused, NpgsqlDbType.Boolean));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
