using Npgsql;
using NpgsqlTypes;

namespace Providers.Guard.Spending;

/// <summary>The rows of what calls cost.</summary>
internal sealed class SpendLedger(NpgsqlDataSource dataSource)
{
    /// <returns>Null when it is reserved; else the scope that is spent, or "stop", and its limit.</returns>
    public async Task<(string Scope, decimal? Limit)?> ReserveAsync(Guid id, SpendRequest request, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SpendSql.ReserveSpend);
        Describe(command, id, request);
        command.Parameters.Add(new() { Value = lifetime, NpgsqlDbType = NpgsqlDbType.Interval });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetDecimal(1)) : null;
    }

    /// <summary>Settles what was reserved. May be done again.</summary>
    public static async Task SettleAsync(NpgsqlConnection connection, Guid id, SpendCost cost, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SpendSql.SettleSpend, connection);
        command.Parameters.Add(new() { Value = id });
        Add(command, cost.Amount, NpgsqlDbType.Numeric);
        AddTokens(command, cost);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Records what nothing was reserved for. Done again it does nothing.</summary>
    public static async Task RecordAsync(NpgsqlConnection connection, Guid id, SpendRequest request, SpendCost cost, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(SpendSql.RecordSpend, connection);
        Describe(command, id, request with { Estimate = cost.Amount ?? request.Estimate });
        AddTokens(command, cost);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public ValueTask<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken) => dataSource.OpenConnectionAsync(cancellationToken);

    public Task ExpireAsync(CancellationToken cancellationToken) => ExecuteAsync(SpendSql.ExpireSpend, cancellationToken);

    public Task FoldAsync(CancellationToken cancellationToken) => ExecuteAsync(SpendSql.FoldSpend, cancellationToken);

    public Task ForgetAsync(TimeSpan keep, CancellationToken cancellationToken) => ExecuteAsync(SpendSql.ForgetSpend, cancellationToken, keep);

    private static void Describe(NpgsqlCommand command, Guid id, SpendRequest request)
    {
        command.Parameters.Add(new() { Value = id });
        Add(command, request.JobId, NpgsqlDbType.Uuid);
        Add(command, (short?)request.Attempt, NpgsqlDbType.Smallint);
        command.Parameters.Add(new() { Value = request.Owner });
        command.Parameters.Add(new() { Value = request.JobType });
        command.Parameters.Add(new() { Value = request.Provider.Provider });
        command.Parameters.Add(new() { Value = request.Provider.Model ?? "" });
        command.Parameters.Add(new() { Value = request.Estimate });
    }

    private static void AddTokens(NpgsqlCommand command, SpendCost cost)
    {
        Add(command, cost.InputTokens, NpgsqlDbType.Bigint);
        Add(command, cost.OutputTokens, NpgsqlDbType.Bigint);
    }

    private static void Add(NpgsqlCommand command, object? value, NpgsqlDbType type) =>
        command.Parameters.Add(new() { Value = value ?? DBNull.Value, NpgsqlDbType = type });

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] parameters)
    {
        await using var command = dataSource.CreateCommand(sql);
        foreach (var value in parameters)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
