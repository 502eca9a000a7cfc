using System.Text.Json;
using Npgsql;

namespace Queueing.History.Tests.Recording;

/// <summary>Reads what the database has when all is over.</summary>
internal sealed class DatabaseReader(NpgsqlDataSource database)
{
    public Task<List<JobRow>> JobsAsync() => ReadAsync(
        "select id, queue, args->>'token', args->>'script', (args->>'follows')::uuid, max_attempts from job",
        row => new JobRow(
            row.GetGuid(0), row.GetString(1), row.GetString(2), Enum.Parse<Script>(row.GetString(3)), row.IsDBNull(4) ? null : row.GetGuid(4), row.GetInt16(5)));

    public Task<List<OutcomeRow>> OutcomesAsync() => ReadAsync(
        "select job_id, queue, state, attempt, error->>'type', result, finished_at from job_outcome",
        row => new OutcomeRow(
            row.GetGuid(0),
            row.GetString(1),
            row.GetString(2),
            row.GetInt16(3),
            row.IsDBNull(4) ? null : row.GetString(4),
            row.IsDBNull(5) ? null : JsonSerializer.Deserialize<AttemptMark>(row.GetString(5), JobJson.Options),
            row.GetFieldValue<DateTimeOffset>(6)));

    public Task<List<ReadyRow>> ReadyAsync() => ReadAsync(
        "select job_id, queue, case when session_id is not null then 'active' when delayed then 'delayed' else 'waiting' end from job_ready",
        row => new ReadyRow(row.GetGuid(0), row.GetString(1), row.GetString(2)));

    public Task<List<FailureRow>> FailuresAsync() => ReadAsync(
        "select job_id, attempt, error->>'type' from job_failure",
        row => new FailureRow(row.GetGuid(0), row.GetInt16(1), row.GetString(2)));

    public Task<List<EffectRow>> EffectsAsync() => ReadAsync(
        "select job_id, attempt from effect", row => new EffectRow(row.GetGuid(0), row.GetInt32(1)));

    public Task<List<string>> LedgerAsync() => ReadAsync("select token from ledger", row => row.GetString(0));

    public Task<List<Move>> MovesAsync() => ReadAsync(
        """
        select id, move, began_at, at, coalesce(job_id, '00000000-0000-0000-0000-000000000000'), coalesce(attempt, 0), session_id,
               coalesce(process_id, 0), coalesce(queue, ''), coalesce(owner, '')
        from audit order by id
        """,
        row => new Move(
            row.GetInt64(0),
            Enum.Parse<MoveKind>(row.GetString(1)),
            row.GetFieldValue<DateTimeOffset>(2),
            row.GetFieldValue<DateTimeOffset>(3),
            row.GetGuid(4),
            row.GetInt32(5),
            row.IsDBNull(6) ? null : row.GetGuid(6),
            row.GetInt32(7),
            row.GetString(8),
            row.GetString(9)));

    private async Task<List<T>> ReadAsync<T>(string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var command = database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
