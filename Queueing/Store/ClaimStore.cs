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

    /// <summary>Hands back what the session holds of the queue but its worker doesn't run, and ends what of that was called off.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="queue">The queue; nothing of it may be under way to the session just now.</param>
    /// <param name="running">What the worker runs.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<List<ReleasedJob>> ReleaseHeldAsync(
        Guid sessionId, string queue, IReadOnlyList<ClaimedJob> running, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var asking = On(connection, "select now()");
        var now = (DateTime)(await asking.ReadOneAsync(cancellationToken))!;
        await using var statement = On(
            connection,
            Sql.ReleaseHeldJobs,
            Value(sessionId, NpgsqlDbType.Uuid),
            Value(queue, NpgsqlDbType.Text),
            Column(running, NpgsqlDbType.Uuid, job => job.Id),
            Column(running, NpgsqlDbType.TimestampTz, job => job.StartedAt),
            Value(now, NpgsqlDbType.TimestampTz));
        return await statement.ReadAsync(
            row => new ReleasedJob(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetInt32(3)), cancellationToken);
    }

    private static async Task<List<ClaimedJob>> ClaimAsync(
        NpgsqlConnection connection, Guid sessionId, string queue, int limit, long floor, int suspects, CancellationToken cancellationToken)
    {
        await using var statement = On(
            connection,
            Sql.ClaimJobs,
            Value(sessionId, NpgsqlDbType.Uuid),
            Value(queue, NpgsqlDbType.Text),
            Value(limit, NpgsqlDbType.Integer),
            Value(floor, NpgsqlDbType.Bigint),
            Value(suspects, NpgsqlDbType.Integer));
        return await ReadAsync(statement, sessionId, limit, cancellationToken);
    }

    private static async Task<List<ClaimedJob>> ClaimWithinCapsAsync(
        NpgsqlConnection connection, Guid sessionId, string queue, int limit, JobQueueOptions caps, int suspects, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var locking = On(connection, "select pg_advisory_xact_lock(hashtextextended('claim ' || $1, 0))", Value(queue, NpgsqlDbType.Text)))
        {
            await locking.ReadOneAsync(cancellationToken);
        }

        await using var statement = On(
            connection,
            Sql.ClaimJobsWithinCaps,
            Value(sessionId, NpgsqlDbType.Uuid),
            Value(queue, NpgsqlDbType.Text),
            Value(limit, NpgsqlDbType.Integer),
            Nullable(caps.MaxRunning, NpgsqlDbType.Integer),
            Nullable(caps.MaxRunningPerOwner, NpgsqlDbType.Integer),
            Value(suspects, NpgsqlDbType.Integer));
        var claimed = await ReadAsync(statement, sessionId, limit, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return claimed;
    }

    private static Task<List<ClaimedJob>> ReadAsync(Statement statement, Guid sessionId, int limit, CancellationToken cancellationToken) =>
        statement.ReadAsync(
            row => new ClaimedJob(
                Id: row.GetGuid(0),
                SessionId: sessionId,
                Attempt: row.GetInt16(1),
                MaxAttempts: row.GetInt16(2),
                Seq: row.GetInt32(3),
                Queue: row.GetString(4),
                Type: row.GetString(5),
                Owner: row.GetString(6),
                Args: row.GetString(7),
                TraceParent: row.IsDBNull(8) ? null : row.GetString(8),
                Waited: row.GetTimeSpan(9),
                Rank: row.GetInt64(10),
                Kills: row.GetInt16(11),
                StartedAt: row.GetDateTime(12)),
            cancellationToken,
            limit);
}
