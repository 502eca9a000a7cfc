using Npgsql;
using NpgsqlTypes;

namespace Queueing.Store;

/// <summary>The rows that say which workers are alive, and the rescue of what dead ones held.</summary>
internal sealed class SessionStore(NpgsqlDataSource dataSource)
{
    public async Task OpenAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("insert into worker_session (id, host, process_id) values ($1, $2, $3)");
        command.Parameters.Add(new() { Value = sessionId });
        command.Parameters.Add(new() { Value = Environment.MachineName });
        command.Parameters.Add(new() { Value = Environment.ProcessId });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>How many workers there are now; null when the session has been ended by somebody else: its leases are lost.</returns>
    public async Task<int?> TryBeatAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql.BeatSession);
        command.Parameters.Add(new() { Value = sessionId });
        return (int?)await command.ExecuteScalarAsync(cancellationToken);
    }

    public async Task CloseAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("delete from worker_session where id = $1");
        command.Parameters.Add(new() { Value = sessionId });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <returns>Where the ended sessions ran, as host/process.</returns>
    public async Task<List<string>> EndLapsedAsync(TimeSpan lease, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql.EndLapsedSessions);
        command.Parameters.Add(new() { Value = lease });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ended = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            ended.Add($"{reader.GetString(1)}/{reader.GetInt32(2)}");
        }

        return ended;
    }

    /// <summary>Takes back the jobs of sessions that have ended.</summary>
    /// <param name="mostKills">A job that has cost this many workers is not tried again.</param>
    /// <param name="exhausted">The error of those out of attempts, as JSON.</param>
    /// <param name="poison">The error of those that have cost too many workers, as JSON.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<List<RescuedJob>> RescueAsync(int mostKills, string exhausted, string poison, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql.RescueJobs);
        command.Parameters.Add(Statement.Value((short)mostKills, NpgsqlDbType.Smallint));
        command.Parameters.Add(Statement.Value(exhausted, NpgsqlDbType.Json));
        command.Parameters.Add(Statement.Value(poison, NpgsqlDbType.Json));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rescued = new List<RescuedJob>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rescued.Add(new(
                reader.GetGuid(0),
                reader.GetString(1),
                reader.GetString(2),
                reader.GetString(3),
                reader.GetInt32(4),
                reader.GetInt16(5),
                reader.IsDBNull(6) ? null : reader.GetString(6)));
        }

        return rescued;
    }

    /// <returns>Whether the session leads the fleet now, for <paramref name="term"/>.</returns>
    public async Task<bool> TryLeadAsync(Guid sessionId, TimeSpan term, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql.TakeLead);
        command.Parameters.Add(Statement.Value(sessionId, NpgsqlDbType.Uuid));
        command.Parameters.Add(Statement.Value(term, NpgsqlDbType.Interval));
        return await command.ExecuteScalarAsync(cancellationToken) is not null;
    }

    public async Task RegisterQueuesAsync(JobQueues queues, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql.RegisterQueues);
        command.Parameters.Add(Statement.Column(queues.Names, NpgsqlDbType.Text, queue => queue));
        command.Parameters.Add(Statement.Column(queues.Names, NpgsqlDbType.Interval, queue => queues[queue].KeepCompleted));
        command.Parameters.Add(Statement.Column(queues.Names, NpgsqlDbType.Interval, queue => queues[queue].KeepFailed));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
