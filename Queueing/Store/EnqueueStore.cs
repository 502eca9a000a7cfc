using Npgsql;
using NpgsqlTypes;
using static Queueing.Store.Statement;

namespace Queueing.Store;

/// <summary>Writes new jobs.</summary>
internal sealed class EnqueueStore(NpgsqlDataSource dataSource, QueueHeads heads)
{
    public ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken) => dataSource.OpenConnectionAsync(cancellationToken);

    /// <summary>Inserts the jobs in one statement. Their keys must differ.</summary>
    public async Task<Inserted> InsertAsync(NpgsqlConnection connection, IReadOnlyList<NewJob> jobs, CancellationToken cancellationToken)
    {
        await using var command = await PrepareAsync(
            connection,
            Sql.InsertJobs,
            cancellationToken,
            Column(jobs, NpgsqlDbType.Uuid, job => job.Id),
            Column(jobs, NpgsqlDbType.Text, job => job.Queue),
            Column(jobs, NpgsqlDbType.Text, job => job.Type.Name),
            Column(jobs, NpgsqlDbType.Text, job => job.Owner),
            Column(jobs, NpgsqlDbType.Json, job => job.Args),
            Column(jobs, NpgsqlDbType.Text, job => job.TraceParent),
            Column(jobs, NpgsqlDbType.Smallint, job => (short)job.Options.Priority),
            Column(jobs, NpgsqlDbType.Smallint, job => (short)job.Type.Options.MaxAttempts),
            Column(jobs, NpgsqlDbType.Interval, job => job.Options.Delay),
            Column(jobs, NpgsqlDbType.TimestampTz, job => job.Options.RunAt?.UtcDateTime),
            Column(jobs, NpgsqlDbType.TimestampTz, job => job.Options.ExpiresAt?.UtcDateTime),
            Column(jobs, NpgsqlDbType.Text, job => job.Key),
            Column(jobs, NpgsqlDbType.Bytea, job => job.PayloadHash),
            Column(jobs, NpgsqlDbType.Bigint, job => heads.Of(job.Queue)));

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var inserted = new Inserted([], []);
        while (await reader.ReadAsync(cancellationToken))
        {
            var queue = reader.GetString(0);
            inserted.LowestRanks.Add((queue, reader.IsDBNull(1) ? null : reader.GetInt64(1)));
            if (!reader.IsDBNull(2))
            {
                inserted.Keyed.UnionWith(reader.GetFieldValue<Guid[]>(2));
            }

            if (!reader.IsDBNull(3))
            {
                heads.Found(queue, reader.GetInt64(3));
            }
        }

        return inserted;
    }

    /// <returns>For each known key of the jobs, the job that has it and its payload's hash.</returns>
    public static async Task<Dictionary<(string Owner, string Type, string Key), (Guid JobId, byte[] PayloadHash)>> FindKeysAsync(
        NpgsqlConnection connection, IReadOnlyList<NewJob> jobs, CancellationToken cancellationToken)
    {
        await using var command = await PrepareAsync(
            connection,
            Sql.FindKeys,
            cancellationToken,
            Column(jobs, NpgsqlDbType.Text, job => job.Owner),
            Column(jobs, NpgsqlDbType.Text, job => job.Type.Name),
            Column(jobs, NpgsqlDbType.Text, job => job.Key));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var found = new Dictionary<(string, string, string), (Guid, byte[])>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found[(reader.GetString(0), reader.GetString(1), reader.GetString(2))] = (reader.GetGuid(3), reader.GetFieldValue<byte[]>(4));
        }

        return found;
    }

    public async Task<long> DepthAsync(string queue, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(Sql.DepthOfQueue);
        command.Parameters.Add(Value(queue, NpgsqlDbType.Text));
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <param name="LowestRanks">For each queue the lowest rank among its new jobs; null when none of them is due.</param>
    /// <param name="Keyed">The jobs with a key that was free.</param>
    internal sealed record Inserted(List<(string Queue, long? Rank)> LowestRanks, HashSet<Guid> Keyed);
}
