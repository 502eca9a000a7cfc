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

    /// <summary>Sets a scope's limits a day, or takes them away. Jobs that were stopped by money go on, as far as it reaches.</summary>
    /// <param name="scope">See <see cref="BudgetScope"/>.</param>
    /// <param name="soft">Not above <paramref name="hard"/>; null for none.</param>
    /// <param name="hard">0 or more; null for none.</param>
    /// <param name="who">Who sets them.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task SetAsync(string scope, decimal? soft, decimal? hard, string who, CancellationToken cancellationToken = default)
    {
        if (!BudgetScope.IsValid(scope))
        {
            throw new ArgumentException($"'{scope}' is no scope: expected fleet, owner:…, owner:* or type:….", nameof(scope));
        }

        if (soft < 0 || hard < 0 || soft > hard)
        {
            throw new ArgumentException("Limits are 0 or more, and the soft one is not above the hard one.", nameof(soft));
        }

        await ExecuteAsync(
            SpendSql.SetBudget,
            [
                new() { Value = scope },
                new() { Value = soft ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Numeric },
                new() { Value = hard ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Numeric },
                new() { Value = who },
            ],
            cancellationToken);
        await jobs.WakeSnoozedAsync(SnoozeReason, cancellationToken);
    }

    /// <summary>Stops all calls that cost, from their next on. Jobs that need one wait.</summary>
    public Task StopAsync(string who, CancellationToken cancellationToken = default) =>
        ExecuteAsync(SpendSql.StopSpending, [new() { Value = who }], cancellationToken);

    /// <summary>Ends a stop.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken = default)
    {
        await ExecuteAsync(SpendSql.ResumeSpending, [], cancellationToken);
        await jobs.WakeSnoozedAsync(SnoozeReason, cancellationToken);
    }

    private async Task ExecuteAsync(string sql, NpgsqlParameter[] parameters, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
