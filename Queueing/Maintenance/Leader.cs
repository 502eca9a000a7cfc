using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Queueing.Running;
using Queueing.Store;

namespace Queueing.Maintenance;

/// <summary>Makes one worker of the fleet the leader, and runs the maintenance tasks while this one is.</summary>
/// <remarks>
/// A leader is one for a term of ten seconds, renewed every three. One that stops gives the lead away with its session; one
/// that dies or is cut off is followed by another when the term ends.
/// </remarks>
internal sealed partial class Leader(
    SessionStore store, SessionKeeper sessions, IEnumerable<IMaintenanceTask> tasks, TimeProvider time, ILogger<Leader> logger)
    : BackgroundService
{
    private static readonly TimeSpan Term = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(3);

    private readonly Loop[] loops = [.. tasks.Select(task => new Loop(task))];
    private bool leads;
    private long renewedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var tick = loops.Select(loop => loop.Task.Interval).Append(Renewal).Min();
        using var timer = new PeriodicTimer(tick, time);
        do
        {
            await RunOnceAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Renews the lead when it is time, and, leading, runs the tasks that are due.</summary>
    internal async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        if (sessions.Current is not { } session || !await LeadsAsync(session, stoppingToken))
        {
            return;
        }

        foreach (var loop in loops.Where(loop => loop.RanAt is not { } ranAt || time.GetElapsedTime(ranAt) >= loop.Task.Interval))
        {
            loop.RanAt = time.GetTimestamp();
            try
            {
                await loop.Task.RunOnceAsync(stoppingToken);
                loop.Failing = false;
            }
            catch (NpgsqlException exception)
            {
                if (!loop.Failing)
                {
                    loop.Failing = true;
                    LogTaskFailed(loop.Task.GetType().Name, exception.Message);
                }
            }
        }
    }

    private async Task<bool> LeadsAsync(WorkerSession session, CancellationToken stoppingToken)
    {
        if (renewedAt != 0 && time.GetElapsedTime(renewedAt) < Renewal)
        {
            return leads;
        }

        renewedAt = time.GetTimestamp();
        try
        {
            var led = leads;
            leads = await store.TryLeadAsync(session.Id, Term, stoppingToken);
            if (leads != led)
            {
                LogLead(leads ? "leads now" : "leads no more", session.Id);
            }
        }
        catch (NpgsqlException)
        {
            leads = false; // The database is away; whoever reaches it leads.
        }

        return leads;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "This worker {Change} (session {SessionId})")]
    private partial void LogLead(string change, Guid sessionId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Task} failed ({Reason}); it is tried again at its next turn")]
    private partial void LogTaskFailed(string task, string reason);

    private sealed class Loop(IMaintenanceTask task)
    {
        public IMaintenanceTask Task => task;

        public long? RanAt { get; set; }

        public bool Failing { get; set; }
    }
}
