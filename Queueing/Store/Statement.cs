using Npgsql;
using NpgsqlTypes;

namespace Queueing.Store;

/// <summary>A statement of the store, prepared once a connection, with a plan that goes by the indexes.</summary>
/// <remarks>
/// A prepared statement's plan is kept while its table goes from nothing to a million rows and back within seconds, and
/// statistics follow minutes later: left alone, the planner sooner or later keeps a scan of the whole table. So each is
/// planned once, without scans, for any size. The settings hold for the statement's own transaction.
/// </remarks>
internal sealed class Statement : IAsyncDisposable
{
    private const string PlanByIndexes = """
        select set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true), set_config('enable_sort', 'off', true),
               set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true), set_config('jit', 'off', true),
               set_config('plan_cache_mode', 'force_generic_plan', true)
        """;

    private const string PlanFreely = """
        set local enable_seqscan to default; set local enable_bitmapscan to default; set local enable_sort to default;
        set local enable_hashjoin to default; set local enable_mergejoin to default; set local jit to default;
        set local plan_cache_mode to default
        """;

    private readonly NpgsqlBatch batch;
    private readonly bool isPrepared;

    private Statement(NpgsqlBatch batch, bool isPrepared) => (this.batch, this.isPrepared) = (batch, isPrepared);

    /// <summary>The statement on a connection of the queue's own.</summary>
    public static Statement On(NpgsqlConnection connection, string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new(PlanByIndexes));
        Add(batch, sql, parameters);
        return new(batch, isPrepared: true);
    }

    /// <summary>The statement in somebody else's transaction: planned for once, and without a trace of it left in their session.</summary>
    public static Statement Within(NpgsqlConnection connection, string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var batch = new NpgsqlBatch(connection);
        Add(batch, sql, parameters);
        return new(batch, isPrepared: false);
    }

    /// <summary>A second statement, carried out after this one in the same round trip and transaction; its rows are not read.</summary>
    public void Then(string sql, params ReadOnlySpan<NpgsqlParameter> parameters) => Add(batch, sql, parameters);

    /// <summary>Ends the settings before a transaction is given to somebody else.</summary>
    public static async Task PlanFreelyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(PlanFreely, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static NpgsqlParameter Value<T>(T value, NpgsqlDbType type) => new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type };

    /// <summary>A value that may be null, and then is SQL's null.</summary>
    public static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    /// <summary>One column of many rows, for <c>unnest</c>.</summary>
    public static NpgsqlParameter Column<TRow, T>(IReadOnlyList<TRow> rows, NpgsqlDbType type, Func<TRow, T> select)
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = select(rows[i]);
        }

        return new NpgsqlParameter<T[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }

    /// <returns>What <paramref name="read"/> makes of each row.</returns>
    public async Task<List<T>> ReadAsync<T>(Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, int capacity = 0)
    {
        if (isPrepared)
        {
            await batch.PrepareAsync(cancellationToken);
        }

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        if (isPrepared)
        {
            await reader.NextResultAsync(cancellationToken); // Past the settings.
        }

        var rows = new List<T>(capacity);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        // To the end: the rows come before the commit, and its failure after them.
        while (await reader.NextResultAsync(cancellationToken))
        {
        }

        return rows;
    }

    /// <returns>The first column of the first row; null when there is no row or it is SQL's null.</returns>
    public async Task<object?> ReadOneAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(row => row.IsDBNull(0) ? null : row.GetValue(0), cancellationToken)).FirstOrDefault();

    public ValueTask DisposeAsync() => batch.DisposeAsync();

    private static void Add(NpgsqlBatch batch, string sql, ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        batch.BatchCommands.Add(command);
    }
}
