using Npgsql;
using NpgsqlTypes;
using static Queueing.Store.Statement;

namespace Queueing.Store;

/// <summary>
/// The writes of a running attempt. Each is fenced by job, attempt and session: it gives the seq of the change, or null
/// when the lease was lost and nothing was written.
/// </summary>
internal sealed class AttemptStore(NpgsqlDataSource dataSource)
{
    public ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken) => dataSource.OpenConnectionAsync(cancellationToken);

    /// <returns>The recorded jobs with the seq of their event.</returns>
    public static async Task<Dictionary<Guid, long>> CompleteAsync(
        NpgsqlConnection connection, IReadOnlyList<CompletedAttempt> attempts, CancellationToken cancellationToken)
    {
        await using var command = await PrepareAsync(
            connection,
            Sql.CompleteJobs,
            cancellationToken,
            Column(attempts, NpgsqlDbType.Uuid, attempt => attempt.Job.Id),
            Column(attempts, NpgsqlDbType.Smallint, attempt => attempt.Job.Attempt),
            Column(attempts, NpgsqlDbType.Uuid, attempt => attempt.Job.SessionId),
            Column(attempts, NpgsqlDbType.Json, attempt => attempt.Result),
            Column(attempts, NpgsqlDbType.Json, attempt => attempt.Usage));
        return await ReadSeqsAsync(command, attempts.Count, cancellationToken);
    }

    public static Task<long?> TryEndAsync(
        NpgsqlConnection connection, ClaimedJob job, string state, string? error, string? stack, CancellationToken cancellationToken) =>
        WriteAsync(
            connection, Sql.EndJob, job, cancellationToken, Value(state, NpgsqlDbType.Text), Nullable(error, NpgsqlDbType.Json), Text(stack));

    public static Task<long?> TryRetryAsync(
        NpgsqlConnection connection, ClaimedJob job, string error, string? stack, TimeSpan delay, CancellationToken cancellationToken) =>
        WriteAsync(
            connection, Sql.RetryJob, job, cancellationToken, Value(error, NpgsqlDbType.Json), Text(stack), Value(delay, NpgsqlDbType.Interval));

    public static Task<long?> TryReleaseAsync(NpgsqlConnection connection, ClaimedJob job, TimeSpan delay, CancellationToken cancellationToken) =>
        WriteAsync(connection, Sql.ReleaseJob, job, cancellationToken, Value(delay, NpgsqlDbType.Interval));

    public async Task<long?> TryReportProgressAsync(ClaimedJob job, int percent, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await WriteAsync(connection, Sql.ReportProgress, job, cancellationToken, Value((short)percent, NpgsqlDbType.Smallint));
    }

    /// <summary>Asked when the answer to a record was lost.</summary>
    /// <returns>Those of the attempts that ended in the state, with the seq of their event.</returns>
    public static async Task<Dictionary<Guid, long>> FindRecordedAsync(
        NpgsqlConnection connection, IReadOnlyList<ClaimedJob> jobs, string state, CancellationToken cancellationToken)
    {
        await using var command = await PrepareAsync(
            connection,
            Sql.FindRecorded,
            cancellationToken,
            Column(jobs, NpgsqlDbType.Uuid, job => job.Id),
            Column(jobs, NpgsqlDbType.Smallint, job => job.Attempt),
            Value(state, NpgsqlDbType.Text));
        return await ReadSeqsAsync(command, jobs.Count, cancellationToken);
    }

    /// <returns>The session's jobs that somebody asked to call off.</returns>
    public async Task<List<Guid>> FindCancelRequestsAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql.FindCancelRequests);
        command.Parameters.Add(Value(sessionId, NpgsqlDbType.Uuid));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(reader.GetGuid(0));
        }

        return found;
    }

    private static async Task<Dictionary<Guid, long>> ReadSeqsAsync(NpgsqlCommand command, int capacity, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var seqs = new Dictionary<Guid, long>(capacity);
        while (await reader.ReadAsync(cancellationToken))
        {
            seqs[reader.GetGuid(0)] = reader.GetInt32(1);
        }

        return seqs;
    }

    private static async Task<long?> WriteAsync(
        NpgsqlConnection connection, string sql, ClaimedJob job, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = await PrepareAsync(
            connection,
            sql,
            cancellationToken,
            [
                Value(job.Id, NpgsqlDbType.Uuid),
                Value(job.Attempt, NpgsqlDbType.Smallint),
                Value(job.SessionId, NpgsqlDbType.Uuid),
                .. parameters,
            ]);
        return await command.ExecuteScalarAsync(cancellationToken) is int seq ? seq : null;
    }

    // PostgreSQL's text has no NUL; a stack trace that quotes one is kept without it.
    private static NpgsqlParameter Text(string? value) => Nullable(value?.Replace("\0", "", StringComparison.Ordinal), NpgsqlDbType.Text);
}
