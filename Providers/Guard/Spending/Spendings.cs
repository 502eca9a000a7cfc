using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Queueing;

namespace Providers.Guard.Spending;

/// <summary>Lets calls be made that there is money for.</summary>
internal sealed partial class Spendings(
    SpendLedger ledger, BudgetWatch watch, IOptions<BudgetOptions> options, TimeProvider time, ILogger<Spendings> logger)
{
    // Outside of jobs.
    private const string Nobody = "";

    /// <summary>Reserves what a call is estimated to cost, where there is a limit, and has it written with the attempt's end.</summary>
    /// <param name="provider">Who is called.</param>
    /// <param name="estimate">What the call costs at most, as far as can be said.</param>
    /// <param name="job">The attempt that calls; null outside of jobs.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What the call costs; null for nothing.</returns>
    /// <exception cref="BudgetSpentException">There is no money for it.</exception>
    /// <exception cref="LedgerAwayException">Whether there is can't be said.</exception>
    public async Task<Spend?> ReserveAsync(ProviderKey provider, decimal estimate, JobContext? job, CancellationToken cancellationToken)
    {
        if (estimate == 0)
        {
            return null;
        }

        var request = new SpendRequest(provider, job?.Owner ?? Nobody, job?.Type ?? Nobody, job?.JobId, job?.Attempt, estimate);
        var spend = new Spend(request, ledger);
        if (watch.Standing is not { IsUnlimited: true })
        {
            await ReserveAsync(spend, request, cancellationToken);
        }

        job?.OnRecord(spend.WriteAsync);
        return spend;
    }

    /// <summary>Says that what a call outside of a job cost could not be written.</summary>
    public void Lost(ProviderKey provider, NpgsqlException reason) => LogLost(provider, reason.Message);

    private async Task ReserveAsync(Spend spend, SpendRequest request, CancellationToken cancellationToken)
    {
        try
        {
            if (await ledger.ReserveAsync(spend.Id, request, options.Value.ReservationLifetime, cancellationToken) is var (scope, limit))
            {
                throw new BudgetSpentException(scope, limit, ParkTime());
            }
        }
        catch (NpgsqlException exception) when (exception.IsTransient)
        {
            throw new LedgerAwayException(exception);
        }

        spend.IsReserved = true;
    }

    /// <returns>Until the day turns, or somebody may have forgotten to wake them; spread, so that they don't come back together.</returns>
    private TimeSpan ParkTime()
    {
        var now = time.GetUtcNow();
        var untilMidnight = now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime;
        var longest = options.Value.LongestPark;
#pragma warning disable CA5394 // Jitter needs no secrecy.
        return (untilMidnight < longest ? untilMidnight : longest * 0.75) + (longest * 0.25 * Random.Shared.NextDouble());
#pragma warning restore CA5394
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What a call of {Provider} cost can't be written ({Reason}): with a limit it counts at its estimate, without one not at all")]
    private partial void LogLost(ProviderKey provider, string reason);
}
