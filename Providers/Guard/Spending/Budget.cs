using Npgsql;
using NpgsqlTypes;
using Providers.Guard.Spending;
using Queueing;

namespace Providers;

/// <summary>The limits of what calls may cost a day, and the switch that stops them all. The whole fleet follows within <see cref="BudgetOptions.WatchInterval"/>.</summary>
public sealed class Budget
{
    /// <summary>What jobs wait for that were stopped by money, see <see cref="JobControl.WakeSnoozedAsync"/>.</summary>
    public const string SnoozeReason = "budget";

    private readonly NpgsqlDataSource dataSource;
    private readonly JobControl jobs;

    internal Budget(NpgsqlDataSource dataSource, JobControl jobs) => (this.dataSource, this.jobs) = (dataSource, jobs);

    /// <returns>The limits, and how they stand.</returns>
    public async Task<BudgetStanding> ReadAsync(CancellationToken cancellationToken = default)
    {
        await using var command = dataSource.CreateCommand(SpendSql.ReadBudget);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var limits = new List<BudgetLimit>();
        DateTimeOffset? stoppedAt = null;
        DateOnly day = default;
        while (await reader.ReadAsync(cancellationToken))
        {
            limits.Add(new(reader.GetString(0), Amount(1), Amount(2), reader.GetDecimal(3)));
            stoppedAt = reader.IsDBNull(4) ? null : reader.GetFieldValue<DateTimeOffset>(4);
            day = reader.GetFieldValue<DateOnly>(5);
        }

        return new(day, stoppedAt, limits);

        decimal? Amount(int ordinal) => reader.IsDBNull(ordinal) ? null : reader.GetDecimal(ordinal);
    }

    /// <summary>Sets a scope's limits a day, or takes them away.</summary>
    /// <inheritdoc cref="ChangeAsync"/>
    public Task SetAsync(string scope, decimal? soft, decimal? hard, string who, CancellationToken cancellationToken = default) =>
        ChangeAsync([new(scope, soft, hard, Spent: 0)], stopped: null, who, cancellationToken);

    /// <summary>Stops all calls that cost, from their next on. Jobs that need one wait.</summary>
    public Task StopAsync(string who, CancellationToken cancellationToken = default) => ChangeAsync([], stopped: true, who, cancellationToken);

    /// <summary>Ends a stop.</summary>
    public Task ResumeAsync(string who, CancellationToken cancellationToken = default) => ChangeAsync([], stopped: false, who, cancellationToken);

    /// <summary>Changes limits and the stop, all or nothing. Jobs that were stopped by money go on, as far as it reaches.</summary>
    /// <param name="limits">The new limits; without soft and hard a scope has none any more. What they say of the spent counts for nothing.</param>
    /// <param name="stopped">Whether nothing that costs may be called; null leaves it.</param>
    /// <param name="who">Who changes them.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">A scope or a limit makes no sense; nothing was changed.</exception>
    public async Task ChangeAsync(IReadOnlyList<BudgetLimit> limits, bool? stopped, string who, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(limits);
        await using var batch = dataSource.CreateBatch(); // One transaction.
        foreach (var limit in limits)
        {
            limit.Validate();
            Add(batch, SpendSql.SetBudget, new() { Value = limit.Scope }, Amount(limit.Soft), Amount(limit.Hard), new() { Value = who });
        }

        if (stopped is { } stop)
        {
            Add(batch, stop ? SpendSql.StopSpending : SpendSql.ResumeSpending, stop ? [new() { Value = who }] : []);
        }

        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
            await jobs.WakeSnoozedAsync(SnoozeReason, cancellationToken);
        }
    }

    private static void Add(NpgsqlBatch batch, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(parameters);
        batch.BatchCommands.Add(command);
    }

    private static NpgsqlParameter Amount(decimal? amount) => new() { Value = amount ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Numeric };
}
