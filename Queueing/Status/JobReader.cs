using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Queueing.Store;

namespace Queueing;

/// <summary>Reads how jobs stand. Each answer is one snapshot of the database.</summary>
public sealed class JobReader(NpgsqlDataSource dataSource)
{
    /// <returns>The job's status document, or null for an unknown id.</returns>
    public async Task<JobStatus?> FindAsync(Guid jobId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var statement = Statement.On(connection, Sql.ReadStatus, Statement.Value(jobId, NpgsqlDbType.Uuid));
        return (await statement.ReadAsync(ReadStatus, cancellationToken)).SingleOrDefault();
    }

    /// <returns>How the job stands and came to that, or null for an unknown id.</returns>
    public async Task<JobHistory?> FindHistoryAsync(Guid jobId, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);

        // In this order: what changes between the two is later than the status, and left out.
        await using var standing = Statement.On(connection, Sql.ReadStatus, Statement.Value(jobId, NpgsqlDbType.Uuid));
        if ((await standing.ReadAsync(ReadStatus, cancellationToken)) is not [var status])
        {
            return null;
        }

        await using var past = Statement.On(connection, Sql.ReadTransitions, Statement.Value(jobId, NpgsqlDbType.Uuid));
        return JobHistory.Compose(status, await past.ReadAsync(ReadTransition, cancellationToken));
    }

    /// <returns>The first event, with seq 1, of each job accepted since a time: of a thousand at most, newest first.</returns>
    /// <param name="owner">Whose, or null: everybody's.</param>
    /// <param name="since">The time, by the clock of those who enqueue.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<JobEvent>> FindNewAsync(string? owner, DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var statement = Statement.On(
            connection,
            Sql.FindNewJobs,
            Statement.Nullable(owner, NpgsqlDbType.Text),
            Statement.Value(since.UtcDateTime, NpgsqlDbType.TimestampTz));
        return await statement.ReadAsync(
            row => StatusEvents.Accepted(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetFieldValue<DateTimeOffset>(4)),
            cancellationToken);
    }

    /// <returns>For each known job of <paramref name="jobIds"/> the seq of its last change.</returns>
    public async Task<Dictionary<Guid, long>> FindPositionsAsync(Guid[] jobIds, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var statement = Statement.On(connection, Sql.ReadPositions, Statement.Value(jobIds, NpgsqlDbType.Array | NpgsqlDbType.Uuid));
        var positions = await statement.ReadAsync(row => (JobId: row.GetGuid(0), Seq: (long)row.GetInt32(1)), cancellationToken);
        return positions.ToDictionary(row => row.JobId, row => row.Seq);
    }

    /// <summary>Counts the jobs of each queue by state, from counters that are kept as jobs move: it reads no jobs.</summary>
    public async Task<IReadOnlyList<QueueCounts>> CountAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql.CountJobs);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var counts = new List<QueueCounts>();
        while (await reader.ReadAsync(cancellationToken))
        {
            counts.Add(new(
                reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6)));
        }

        return counts;
    }

    /// <summary>Lists jobs, newest first.</summary>
    /// <param name="filter">Which ones. By owner, or without a filter, a page costs the same at any depth; by anything else it reads until it has found enough.</param>
    /// <param name="before">The last job of the page before, or null for the first page.</param>
    /// <param name="limit">How many at most, 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<JobStatus>> ListAsync(JobFilter filter, Guid? before, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        await using var command = dataSource.CreateCommand(Sql.ListJobs);
        command.Parameters.AddRange(new[]
        {
            Statement.Nullable(filter.Owner, NpgsqlDbType.Text),
            Statement.Nullable(filter.Type, NpgsqlDbType.Text),
            Statement.Nullable(filter.Queue, NpgsqlDbType.Text),
            Statement.Nullable(filter.State, NpgsqlDbType.Text),
            Statement.Nullable(before, NpgsqlDbType.Uuid),
            Statement.Value(limit, NpgsqlDbType.Integer),
        });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var page = new List<JobStatus>(limit);
        while (await reader.ReadAsync(cancellationToken))
        {
            page.Add(ReadStatus(reader));
        }

        return page;
    }

    /// <returns>The unfinished among the newest jobs of an owner, newest first.</returns>
    /// <param name="owner">Whose, or null: everybody's.</param>
    /// <param name="lookedThrough">How many of the newest jobs are looked through, finished or not: an older one isn't found.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<JobStatus>> ListUnfinishedAsync(string? owner, int lookedThrough, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var statement = Statement.On(
            connection,
            Sql.ListUnfinished,
            Statement.Nullable(owner, NpgsqlDbType.Text),
            Statement.Value(lookedThrough, NpgsqlDbType.Integer));
        return await statement.ReadAsync(ReadStatus, cancellationToken);
    }

    /// <returns>Why the job's attempts failed, oldest first.</returns>
    public async Task<IReadOnlyList<JobFailure>> FindFailuresAsync(Guid jobId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql.ReadFailures);
        command.Parameters.Add(new() { Value = jobId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var failures = new List<JobFailure>();
        while (await reader.ReadAsync(cancellationToken))
        {
            failures.Add(new(
                reader.GetInt16(0), reader.GetFieldValue<DateTimeOffset>(1), ReadJson<JobError>(reader, 2)!, reader.IsDBNull(3) ? null : reader.GetString(3)));
        }

        return failures;
    }

    private static JobStatus ReadStatus(NpgsqlDataReader reader) => new(
        JobId: reader.GetGuid(0),
        Type: reader.GetString(1),
        Queue: reader.GetString(2),
        Status: reader.GetString(5),
        Progress: reader.GetInt32(6),
        Attempt: reader.GetInt16(7),
        MaxAttempts: reader.GetInt16(8),
        Priority: reader.GetInt16(9),
        CreatedAt: reader.GetFieldValue<DateTimeOffset>(4),
        RunAt: reader.GetFieldValue<DateTimeOffset>(10),
        StartedAt: reader.IsDBNull(11) ? null : reader.GetFieldValue<DateTimeOffset>(11),
        FinishedAt: reader.IsDBNull(12) ? null : reader.GetFieldValue<DateTimeOffset>(12),
        Result: ReadJson<JsonElement?>(reader, 13),
        Error: ReadJson<JobError>(reader, 14),
        Usage: ReadJson<JobUsage>(reader, 15))
    {
        Owner = reader.GetString(3),
        Seq = reader.GetInt32(16),
        TextLength = reader.IsDBNull(17) ? null : reader.GetInt32(17),
        Reused = reader.GetBoolean(18),
    };

    private static JobTransition ReadTransition(NpgsqlDataReader reader) => new(
        Seq: reader.GetInt32(0),
        Attempt: reader.GetInt16(1),
        Event: reader.GetString(2),
        RunAt: reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3),
        Error: ReadJson<JobError>(reader, 4));

    private static T? ReadJson<T>(NpgsqlDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? default : JsonSerializer.Deserialize<T>(reader.GetString(ordinal), JobJson.Options);
}
