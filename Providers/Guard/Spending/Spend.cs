using Npgsql;
using Queueing;

namespace Providers.Guard.Spending;

/// <summary>
/// What one call costs, from before it is made until it is in the ledger. In a job it is written with the attempt's end, whatever
/// that is; elsewhere when it is disposed of.
/// </summary>
internal sealed class Spend : IAsyncDisposable
{
    private readonly Guid id = Guid.CreateVersion7();
    private readonly SpendRequest request;
    private readonly SpendLedger ledger;
    private volatile Standing standing = new(WasSent: false, Cost: null);

    public Spend(SpendRequest request, SpendLedger ledger) => (this.request, this.ledger) = (request, ledger);

    public Guid Id => id;

    /// <summary>Whether the ledger has its estimate.</summary>
    public bool IsReserved { get; set; }

    /// <summary>From here on the call may have cost its estimate, until somebody says what it has cost.</summary>
    public void Sent() => standing = standing with { WasSent = true };

    /// <summary>The provider has said what the call took.</summary>
    public void Settle(SpendCost cost) => standing = new(WasSent: true, cost);

    /// <summary>The provider made nothing of the call, and takes nothing for it.</summary>
    public void Refused() => standing = new(WasSent: false, Cost: null);

    public Task WriteAsync(JobTransaction transaction, CancellationToken cancellationToken) => WriteAsync(transaction.Connection, cancellationToken);

    /// <summary>Outside of a job: writes it, on a connection of its own.</summary>
    public async ValueTask DisposeAsync()
    {
        if (request.JobId is null)
        {
            await using var connection = await ledger.ConnectAsync(CancellationToken.None);
            await WriteAsync(connection, CancellationToken.None);
        }
    }

    private async Task WriteAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var (wasSent, known) = standing;
        var cost = known ?? new SpendCost(wasSent ? null : 0);
        if (IsReserved)
        {
            await SpendLedger.SettleAsync(connection, id, cost, cancellationToken);
        }
        else if (cost.Amount != 0)
        {
            await SpendLedger.RecordAsync(connection, id, request, cost, cancellationToken);
        }
    }

    private sealed record Standing(bool WasSent, SpendCost? Cost);
}
