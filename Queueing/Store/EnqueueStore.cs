using Npgsql;
using NpgsqlTypes;
using static Queueing.Store.Statement;

namespace Queueing.Store;

/// <summary>Writes new jobs.</summary>
internal sealed class EnqueueStore(NpgsqlDataSource dataSource, QueueHeads heads)
{
    public ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken) => dataSource.OpenConnectionAsync(cancellationToken);

    /// <summary>Inserts the jobs in one statement. Their keys must differ.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="isForeign">Whether the connection is in somebody else's transaction.</param>
    /// <param name="jobs">What.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Inserted> InsertAsync(
        NpgsqlConnection connection, bool isForeign, IReadOnlyList<NewJob> jobs, CancellationToken cancellationToken)
    {
        await using var statement = On(
            connection,
            isForeign,
            Sql.InsertJobs,
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

        if (jobs.Any(job => job.Next is not null))
        {
            AddContinuations(statement, [.. jobs.Where(job => job.Next is not null)]);
        }

        var queues = await statement.ReadAsync(
            row => (
                Queue: row.GetString(0),
                LowestRank: row.IsDBNull(1) ? (long?)null : row.GetInt64(1),
                Keyed: row.IsDBNull(2) ? [] : row.GetFieldValue<Guid[]>(2),
                Start: row.IsDBNull(3) ? (long?)null : row.GetInt64(3)),
            cancellationToken);
        foreach (var queue in queues)
        {
            if (queue.Start is { } start)
            {
                heads.Found(queue.Queue, start);
            }
        }

        return new Inserted([.. queues.Select(queue => (queue.Queue, queue.LowestRank))], [.. queues.SelectMany(queue => queue.Keyed)]);
    }

    /// <returns>For each known key of the jobs, the job that has it and its payload's hash.</returns>
    public static async Task<Dictionary<(string Owner, string Type, string Key), (Guid JobId, byte[] PayloadHash)>> FindKeysAsync(
        NpgsqlConnection connection, bool isForeign, IReadOnlyList<NewJob> jobs, CancellationToken cancellationToken)
    {
        await using var statement = On(
            connection,
            isForeign,
            Sql.FindKeys,
            Column(jobs, NpgsqlDbType.Text, job => job.Owner),
            Column(jobs, NpgsqlDbType.Text, job => job.Type.Name),
            Column(jobs, NpgsqlDbType.Text, job => job.Key));
        var found = await statement.ReadAsync(
            row => (Key: (row.GetString(0), row.GetString(1), row.GetString(2)), Job: (row.GetGuid(3), row.GetFieldValue<byte[]>(4))), cancellationToken);
        return found.ToDictionary(row => row.Key, row => row.Job);
    }

    public async Task<long> DepthAsync(string queue, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var statement = Statement.On(connection, Sql.DepthOfQueue, Value(queue, NpgsqlDbType.Text));
        return (long)(await statement.ReadOneAsync(cancellationToken))!;
    }

    private static void AddContinuations(Statement statement, NewJob[] followed) => statement.Then(
        Sql.InsertContinuations,
        Column(followed, NpgsqlDbType.Uuid, job => job.Id),
        Column(followed, NpgsqlDbType.Text, job => job.Next!.Type.Options.Queue),
        Column(followed, NpgsqlDbType.Text, job => job.Next!.Type.Name),
        Column(followed, NpgsqlDbType.Json, job => job.Next!.Args),
        Column(followed, NpgsqlDbType.Smallint, job => (short)job.Next!.Type.Options.MaxAttempts));

    private static Statement On(NpgsqlConnection connection, bool isForeign, string sql, params ReadOnlySpan<NpgsqlParameter> parameters) =>
        isForeign ? Within(connection, sql, parameters) : Statement.On(connection, sql, parameters);

    /// <param name="LowestRanks">For each queue the lowest rank among its new jobs; null when none of them is due.</param>
    /// <param name="Keyed">The jobs with a key that was free.</param>
    internal sealed record Inserted(List<(string Queue, long? Rank)> LowestRanks, HashSet<Guid> Keyed);
}
