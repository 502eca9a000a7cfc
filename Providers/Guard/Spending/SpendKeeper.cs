using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Providers.Guard.Spending;

/// <summary>Settles what nobody settled, folds the deltas, and forgets what is old.</summary>
/// <remarks>Every worker runs it: the statements skip what another is just doing.</remarks>
internal sealed partial class SpendKeeper(SpendLedger ledger, IOptions<BudgetOptions> options, TimeProvider time, ILogger<SpendKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    internal async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await ledger.ExpireAsync(cancellationToken);
        await ledger.FoldAsync(cancellationToken);
        await ledger.ForgetAsync(options.Value.Keep, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (NpgsqlException exception)
            {
                LogUnreachable(exception.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The ledger can't be tidied up ({Reason}); it waits until the database is back")]
    private partial void LogUnreachable(string reason);
}
