using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Queueing.Schema;
using Queueing.Store;

namespace Queueing.Running;

/// <summary>Keeps this process's worker session alive, and begins a new one when it was ended by somebody else.</summary>
/// <remarks>
/// A database that is away ends nothing: nobody can take the jobs meanwhile, and the session is judged by the database's
/// own clock once it is back.
/// </remarks>
internal sealed partial class SessionKeeper(
    SessionStore store,
    SchemaGuard schema,
    JobQueues queues,
    HeldAttempts held,
    LiveWorkers live,
    IOptions<JobWorkerOptions> options,
    TimeProvider time,
    ILogger<SessionKeeper> logger) : BackgroundService
{
    private TaskCompletionSource<WorkerSession> current = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool failing;

    /// <summary>The session, or null while there is none.</summary>
    public WorkerSession? Current => current.Task is { IsCompletedSuccessfully: true } opened ? opened.Result : null;

    /// <summary>The session to claim with; waits while there is none.</summary>
    public Task<WorkerSession> CurrentAsync(CancellationToken cancellationToken) => current.Task.WaitAsync(cancellationToken);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (!current.Task.IsCompletedSuccessfully)
        {
            return;
        }

        try
        {
            await store.CloseAsync(current.Task.Result.Id, cancellationToken);
        }
        catch (NpgsqlException exception)
        {
            LogNotClosed(options.Value.Lease, exception.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await schema.Fits.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(options.Value.Heartbeat, time);
        do
        {
            await RunOnceAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    internal async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        try
        {
            if (current.Task.IsCompletedSuccessfully)
            {
                var session = current.Task.Result;
                if (await store.TryBeatAsync(session.Id, stoppingToken) is { } workers)
                {
                    live.Count = workers;
                }
                else
                {
                    current = new(TaskCreationOptions.RunContinuationsAsynchronously);
                    LogLost(session.Id);
                    held.Interrupt(Interruption.LeaseLost, attempt => attempt.Job.SessionId == session.Id);
                }
            }

            if (!current.Task.IsCompleted)
            {
                var session = new WorkerSession(Guid.CreateVersion7());
                await store.RegisterQueuesAsync(queues, stoppingToken);
                await store.OpenAsync(session.Id, stoppingToken);
                current.SetResult(session);
                LogOpened(session.Id);
            }

            failing = false;
        }
        catch (NpgsqlException exception)
        {
            if (!failing)
            {
                failing = true;
                LogUnreachable(exception.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Worker session {SessionId} opened")]
    private partial void LogOpened(Guid sessionId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Worker session {SessionId} was ended by another worker, which heard nothing of it; its jobs are cancelled here, and their results discarded")]
    private partial void LogLost(Guid sessionId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database takes no heartbeat ({Reason}); running jobs go on, new ones wait until it does")]
    private partial void LogUnreachable(string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The worker session could not be closed ({Reason}); its jobs go back when its lease of {Lease} has run out")]
    private partial void LogNotClosed(TimeSpan lease, string reason);
}
