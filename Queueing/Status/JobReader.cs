using System.Text.Json;
using Npgsql;
using Queueing.Store;

namespace Queueing;

/// <summary>Reads how jobs stand. Each answer is one snapshot of the database.</summary>
public sealed class JobReader(NpgsqlDataSource dataSource)
{
    /// <returns>The job's status document, or null for an unknown id.</returns>
    public async Task<JobStatus?> FindAsync(Guid jobId, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql.ReadStatus);
        command.Parameters.Add(new() { Value = jobId });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? ReadStatus(reader) : null;
    }

    /// <returns>For each known job of <paramref name="jobIds"/> the seq of its last change.</returns>
    public async Task<Dictionary<Guid, long>> FindPositionsAsync(Guid[] jobIds, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql.ReadPositions);
        command.Parameters.Add(new() { Value = jobIds });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var positions = new Dictionary<Guid, long>(jobIds.Length);
        while (await reader.ReadAsync(cancellationToken))
        {
            positions.Add(reader.GetGuid(0), reader.GetInt32(1));
        }

        return positions;
    }

    /// <summary>Counts the jobs by state. It reads every unfinished job's row and counts the finished ones.</summary>
    public async Task<JobCounts> CountAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql.CountJobs);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4));
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
    };

    private static T? ReadJson<T>(NpgsqlDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? default : JsonSerializer.Deserialize<T>(reader.GetString(ordinal), JobJson.Options);
}
