using Npgsql;
using NpgsqlTypes;

namespace Queueing.Store;

/// <summary>
/// The writes of a job's life. Every write after a claim is fenced by job, attempt and session: it returns the seq of
/// the change, or null when the lease was lost and nothing was written.
/// </summary>
internal sealed class JobStore(NpgsqlDataSource dataSource)
{
    public async Task InsertAsync(IReadOnlyList<NewJob> jobs, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql.InsertJobs);
        AddArray(command, NpgsqlDbType.Uuid, jobs, job => job.Id);
        AddArray(command, NpgsqlDbType.Text, jobs, job => job.Type.Options.Queue);
        AddArray(command, NpgsqlDbType.Text, jobs, job => job.Type.Name);
        AddArray(command, NpgsqlDbType.Text, jobs, job => job.Owner);
        AddArray(command, NpgsqlDbType.Json, jobs, job => job.Args);
        AddArray(command, NpgsqlDbType.Text, jobs, job => job.TraceParent);
        AddArray(command, NpgsqlDbType.Smallint, jobs, job => job.Priority);
        AddArray(command, NpgsqlDbType.Smallint, jobs, job => (short)job.Type.Options.MaxAttempts);
        AddArray(command, NpgsqlDbType.Interval, jobs, job => job.Delay);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<List<ClaimedJob>> ClaimAsync(Guid sessionId, string[] queues, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql.ClaimJobs);
        command.Parameters.Add(new() { Value = sessionId });
        command.Parameters.Add(new() { Value = queues });
        command.Parameters.Add(new() { Value = limit });
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
                Priority: reader.GetInt16(10)));
        }

        // UPDATE … RETURNING promises no order.
        claimed.Sort((a, b) => a.Priority != b.Priority ? b.Priority.CompareTo(a.Priority) : b.Waited.CompareTo(a.Waited));
        return claimed;
    }

    public Task<long?> TryCompleteAsync(ClaimedJob job, string? result, string? usage, CancellationToken cancellationToken) =>
        WriteFencedAsync(Sql.CompleteJob, job, cancellationToken, Json(result), Json(usage));

    public Task<long?> TryFailAsync(ClaimedJob job, string error, string? stack, CancellationToken cancellationToken) =>
        WriteFencedAsync(Sql.FailJob, job, cancellationToken, Json(error), Text(stack));

    public Task<long?> TryRetryAsync(ClaimedJob job, string error, string? stack, TimeSpan delay, CancellationToken cancellationToken) =>
        WriteFencedAsync(Sql.RetryJob, job, cancellationToken, Json(error), Text(stack), new() { Value = delay });

    public Task<long?> TryReleaseAsync(ClaimedJob job, CancellationToken cancellationToken) =>
        WriteFencedAsync(Sql.ReleaseJob, job, cancellationToken);

    public Task<long?> TryReportProgressAsync(ClaimedJob job, int percent, CancellationToken cancellationToken) =>
        WriteFencedAsync(Sql.ReportProgress, job, cancellationToken, new NpgsqlParameter { Value = (short)percent });

    /// <returns>How many jobs the session held that are not among <paramref name="running"/>; they wait again.</returns>
    public async Task<int> ReleaseHeldAsync(Guid sessionId, Guid[] running, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql.ReleaseHeldJobs);
        command.Parameters.Add(new() { Value = sessionId });
        command.Parameters.Add(new() { Value = running });
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<long?> WriteFencedAsync(
        string sql, ClaimedJob job, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new() { Value = job.Id });
        command.Parameters.Add(new() { Value = job.Attempt });
        command.Parameters.Add(new() { Value = job.SessionId });
        command.Parameters.AddRange(parameters);
        return await command.ExecuteScalarAsync(cancellationToken) is int seq ? seq : null;
    }

    private static NpgsqlParameter Json(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Json };

    // PostgreSQL's text has no NUL; a stack trace that quotes one is kept without it.
    private static NpgsqlParameter Text(string? value) =>
        new() { Value = (object?)value?.Replace("\0", "", StringComparison.Ordinal) ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static void AddArray<T>(NpgsqlCommand command, NpgsqlDbType type, IReadOnlyList<NewJob> jobs, Func<NewJob, T> select) =>
        command.Parameters.Add(new() { Value = jobs.Select(select).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
}
