using System.Text;
using Npgsql;
using NpgsqlTypes;
using static Queueing.Store.Statement;

namespace Queueing.Store;

/// <summary>
/// The writes of a running attempt. Each is fenced by job, attempt, session and the claim's time: it gives the seq of the change, or null
/// when the lease was lost and nothing was written.
/// </summary>
internal sealed class AttemptStore(NpgsqlDataSource dataSource)
{
    public ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken) => dataSource.OpenConnectionAsync(cancellationToken);

    /// <returns>The recorded jobs with the seq of their event.</returns>
    public static async Task<Dictionary<Guid, long>> CompleteAsync(
        NpgsqlConnection connection, IReadOnlyList<CompletedAttempt> attempts, CancellationToken cancellationToken)
    {
        await using var statement = On(
            connection,
            Sql.CompleteJobs,
            Column(attempts, NpgsqlDbType.Uuid, attempt => attempt.Job.Id),
            Column(attempts, NpgsqlDbType.Smallint, attempt => attempt.Job.Attempt),
            Column(attempts, NpgsqlDbType.Uuid, attempt => attempt.Job.SessionId),
            Column(attempts, NpgsqlDbType.Json, attempt => attempt.Result),
            Column(attempts, NpgsqlDbType.Json, attempt => attempt.Usage),
            Column(attempts, NpgsqlDbType.TimestampTz, attempt => attempt.Job.StartedAt),
            Column(attempts, NpgsqlDbType.Integer, attempt => attempt.TextLength),
            Column(attempts, NpgsqlDbType.Uuid, attempt => attempt.ReusedFrom));
        return await ReadSeqsAsync(statement, attempts.Count, cancellationToken);
    }

    public static Task<long?> TryEndAsync(
        NpgsqlConnection connection, ClaimedJob job, string state, string? error, string? stack, int? textLength, CancellationToken cancellationToken) =>
        WriteAsync(
            connection,
            Sql.EndJob,
            job,
            cancellationToken,
            Value(state, NpgsqlDbType.Text),
            Nullable(error, NpgsqlDbType.Json),
            Text(stack),
            Value(false, NpgsqlDbType.Boolean),
            Nullable(textLength, NpgsqlDbType.Integer));

    /// <summary>Ends the job as cancelled if somebody asked for that: else it is left as it is.</summary>
    public static Task<long?> TryCallOffAsync(
        NpgsqlConnection connection, ClaimedJob job, int? textLength, CancellationToken cancellationToken) =>
        WriteAsync(
            connection,
            Sql.EndJob,
            job,
            cancellationToken,
            Value(JobState.Cancelled, NpgsqlDbType.Text),
            Nullable(null, NpgsqlDbType.Json),
            Text(null),
            Value(true, NpgsqlDbType.Boolean),
            Nullable(textLength, NpgsqlDbType.Integer));

    public static Task<long?> TryRetryAsync(
        NpgsqlConnection connection, ClaimedJob job, string error, string? stack, TimeSpan delay, CancellationToken cancellationToken) =>
        WriteAsync(
            connection, Sql.RetryJob, job, cancellationToken, Value(error, NpgsqlDbType.Json), Text(stack), Value(delay, NpgsqlDbType.Interval));

    public static Task<long?> TryReleaseAsync(
        NpgsqlConnection connection, ClaimedJob job, TimeSpan delay, string? reason, CancellationToken cancellationToken) =>
        WriteAsync(connection, Sql.ReleaseJob, job, cancellationToken, Value(delay, NpgsqlDbType.Interval), Text(reason));

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
        await using var statement = On(
            connection,
            Sql.FindRecorded,
            Column(jobs, NpgsqlDbType.Uuid, job => job.Id),
            Column(jobs, NpgsqlDbType.Smallint, job => job.Attempt),
            Value(state, NpgsqlDbType.Text));
        return await ReadSeqsAsync(statement, jobs.Count, cancellationToken);
    }

    /// <returns>The session's jobs that somebody asked to call off.</returns>
    public async Task<List<Guid>> FindCancelRequestsAsync(Guid sessionId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var statement = On(connection, Sql.FindCancelRequests, Value(sessionId, NpgsqlDbType.Uuid));
        return await statement.ReadAsync(row => row.GetGuid(0), cancellationToken);
    }

    private static async Task<Dictionary<Guid, long>> ReadSeqsAsync(Statement statement, int capacity, CancellationToken cancellationToken) =>
        (await statement.ReadAsync(row => (JobId: row.GetGuid(0), Seq: (long)row.GetInt32(1)), cancellationToken, capacity))
        .ToDictionary(row => row.JobId, row => row.Seq);

    private static async Task<long?> WriteAsync(
        NpgsqlConnection connection, string sql, ClaimedJob job, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var statement = On(
            connection,
            sql,
            [
                Value(job.Id, NpgsqlDbType.Uuid),
                Value(job.Attempt, NpgsqlDbType.Smallint),
                Value(job.SessionId, NpgsqlDbType.Uuid),
                .. parameters,
                Value(job.StartedAt, NpgsqlDbType.TimestampTz),
            ]);
        return await statement.ReadOneAsync(cancellationToken) is int seq ? seq : null;
    }

    // PostgreSQL's text has no NUL and no half of a surrogate pair; a stack trace that quotes one is kept without it.
    private static NpgsqlParameter Text(string? value) => Nullable(
        value is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(value.Replace("\0", "", StringComparison.Ordinal))), NpgsqlDbType.Text);
}
