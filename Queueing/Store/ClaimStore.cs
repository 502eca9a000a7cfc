using Npgsql;
using NpgsqlTypes;
using static Queueing.Store.Statement;

namespace Queueing.Store;

/// <summary>Gives jobs to worker sessions.</summary>
internal sealed class ClaimStore(NpgsqlDataSource dataSource, QueueFloors floors)
{
    /// <param name="sessionId">Who gets them.</param>
    /// <param name="queue">Where from.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="caps">The queue's caps, if it has any.</param>
    /// <param name="suspects">How many of them may be jobs that a worker died of.</param>
    /// <param name="cancellationToken">Cut off, jobs may have been claimed: see <see cref="ReleaseHeldAsync"/>.</param>
    /// <returns>The jobs in the order in which they are to be started.</returns>
    public async Task<List<ClaimedJob>> ClaimAsync(
        Guid sessionId, string queue, int limit, JobQueueOptions caps, int suspects, CancellationToken cancellationToken)
    {
        var floor = floors.Of(queue);
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var claimed = caps.HasCaps
            ? await ClaimWithinCapsAsync(connection, sessionId, queue, limit, caps, suspects, cancellationToken)
            : await ClaimAsync(connection, sessionId, queue, limit, floor, suspects, cancellationToken);
        if (claimed.Count > 0)
        {
            // UPDATE … RETURNING promises no order.
            claimed.Sort((a, b) => a.Rank != b.Rank ? a.Rank.CompareTo(b.Rank) : a.Id.CompareTo(b.Id));
            floors.Found(queue, floor, claimed[0].Rank);
        }

        return claimed;
    }

    /// <returns>How many jobs of the queue the session held that are not among <paramref name="running"/>; they wait again.</returns>
    public async Task<int> ReleaseHeldAsync(Guid sessionId, string queue, Guid[] running, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql.ReleaseHeldJobs);
        command.Parameters.Add(Value(sessionId, NpgsqlDbType.Uuid));
        command.Parameters.Add(Value(queue, NpgsqlDbType.Text));
        command.Parameters.Add(Value(running, NpgsqlDbType.Array | NpgsqlDbType.Uuid));
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<List<ClaimedJob>> ClaimAsync(
        NpgsqlConnection connection, Guid sessionId, string queue, int limit, long floor, int suspects, CancellationToken cancellationToken)
    {
        await using var command = await PrepareAsync(
            connection,
            Sql.ClaimJobs,
            cancellationToken,
            Value(sessionId, NpgsqlDbType.Uuid),
            Value(queue, NpgsqlDbType.Text),
            Value(limit, NpgsqlDbType.Integer),
            Value(floor, NpgsqlDbType.Bigint),
            Value(suspects, NpgsqlDbType.Integer));
        return await ReadAsync(command, sessionId, limit, cancellationToken);
    }

    private static async Task<List<ClaimedJob>> ClaimWithinCapsAsync(
        NpgsqlConnection connection, Guid sessionId, string queue, int limit, JobQueueOptions caps, int suspects, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var locking = await PrepareAsync(
            connection, "select pg_advisory_xact_lock(hashtextextended('claim ' || $1, 0))", cancellationToken, Value(queue, NpgsqlDbType.Text)))
        {
            await locking.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var command = await PrepareAsync(
            connection,
            Sql.ClaimJobsWithinCaps,
            cancellationToken,
            Value(sessionId, NpgsqlDbType.Uuid),
            Value(queue, NpgsqlDbType.Text),
            Value(limit, NpgsqlDbType.Integer),
            Nullable(caps.MaxRunning, NpgsqlDbType.Integer),
            Nullable(caps.MaxRunningPerOwner, NpgsqlDbType.Integer),
            Value(suspects, NpgsqlDbType.Integer));
        var claimed = await ReadAsync(command, sessionId, limit, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return claimed;
    }

    private static async Task<List<ClaimedJob>> ReadAsync(NpgsqlCommand command, Guid sessionId, int limit, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var claimed = new List<ClaimedJob>(limit);
        while (await reader.ReadAsync(cancellationToken))
        {
            claimed.Add(new ClaimedJob(
                Id: reader.GetGuid(0),
                SessionId: sessionId,
                Attempt: reader.GetInt16(1),
                MaxAttempts: reader.GetInt16(2),
                Seq: reader.GetInt32(3),
                Queue: reader.GetString(4),
                Type: reader.GetString(5),
                Owner: reader.GetString(6),
                Args: reader.GetString(7),
                TraceParent: reader.IsDBNull(8) ? null : reader.GetString(8),
                Waited: reader.GetTimeSpan(9),
                Rank: reader.GetInt64(10),
                Kills: reader.GetInt16(11)));
        }

        return claimed;
    }
}
