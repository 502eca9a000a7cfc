using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Queueing;

namespace Providers.Guard.Spending;

/// <summary>
/// Keeps at hand how the budget stands, so that a call without limits costs no look at the database; alerts; and wakes jobs that wait
/// for money when there is some: with the new day, and those that were just being parked when somebody raised a limit.
/// </summary>
internal sealed partial class BudgetWatch(Budget budget, JobControl jobs, IOptions<BudgetOptions> options, TimeProvider time, ILogger<BudgetWatch> logger) : BackgroundService
{
    private readonly HashSet<(DateOnly Day, string Scope)> alerted = [];

    /// <summary>As of the last look. Before the first nothing is known, and calls are reserved.</summary>
    public BudgetStanding? Standing { get; private set; }

    /// <summary>Looks once.</summary>
    internal async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var (before, standing) = (Standing, await budget.ReadAsync(cancellationToken));
        Standing = standing;
        Alert(before, standing);
        if (before is not null && standing.IsLooserThan(before))
        {
            await jobs.WakeSnoozedAsync(Budget.SnoozeReason, cancellationToken);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.WatchInterval, time);
        do
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (NpgsqlException exception)
            {
                // What held a moment ago holds on; with limits each call asks the database anyway.
                LogUnreachable(exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Alert(BudgetStanding? before, BudgetStanding standing)
    {
        if (standing.StoppedAt is not null != before?.StoppedAt is not null)
        {
            LogStop(standing.StoppedAt is null ? "let go on" : "stopped");
        }

        alerted.RemoveWhere(entry => entry.Day != standing.Day);
        foreach (var limit in standing.Limits.Where(limit => limit.Spent > (limit.Soft ?? limit.Hard)))
        {
            if (alerted.Add((standing.Day, limit.Scope)))
            {
                LogOver(limit.Scope, limit.Spent, limit.Soft, limit.Hard);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The budget of {Scope} stands at {Spent} today; its limits are {Soft} and {Hard}")]
    private partial void LogOver(string scope, decimal spent, decimal? soft, decimal? hard);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Calls that cost are {What}")]
    private partial void LogStop(string what);

    [LoggerMessage(Level = LogLevel.Debug, Message = "How the budget stands can't be read ({Reason}); what held before holds")]
    private partial void LogUnreachable(string reason);
}
