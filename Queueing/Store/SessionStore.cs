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

    /// <returns>False when the session has been ended by somebody else: its leases are lost.</returns>
    public async Task<bool> TryBeatAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("update worker_session set heartbeat_at = now() where id = $1");
        command.Parameters.Add(new() { Value = sessionId });
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
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

    public async Task<List<RescuedJob>> RescueAsync(string errorOfExhausted, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql.RescueJobs);
        command.Parameters.Add(new() { Value = errorOfExhausted, NpgsqlDbType = NpgsqlDbType.Json });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rescued = new List<RescuedJob>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rescued.Add(new(
                reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetInt32(4), reader.GetInt16(5)));
        }

        return rescued;
    }
}
