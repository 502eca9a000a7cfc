using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Queueing.Store;

namespace Queueing.Maintenance;

/// <summary>Ends the sessions of workers that are not heard of, and takes back what they held.</summary>
/// <remarks>Every worker runs it: the statements skip what another is just doing, so they don't get in each other's way.</remarks>
internal sealed partial class JobRescuer(
    SessionStore sessions,
    JobWakeUp wakeUp,
    JobEvents events,
    IOptions<JobWorkerOptions> options,
    TimeProvider time,
    ILogger<JobRescuer> logger) : BackgroundService
{
    // Once may be anything; a job that was there twice is not given a third worker.
    private const int MostKills = 2;

    private static readonly JobError WorkerLost = new("worker-lost", "The worker that ran the job's last attempt was lost.", Transient: true);
    private static readonly JobError Poison = new("poison", $"{MostKills} workers were lost while they ran this job; it is set aside.", Transient: false);

    private bool failing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.RescueInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RunOnceAsync(stoppingToken);
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
    }

    internal async Task RunOnceAsync(CancellationToken stoppingToken)
    {
        foreach (var worker in await sessions.EndLapsedAsync(options.Value.Lease, stoppingToken))
        {
            LogWorkerLost(worker, options.Value.Lease);
        }

        foreach (var job in await sessions.RescueAsync(MostKills, JobJson.Write(WorkerLost), JobJson.Write(Poison), stoppingToken))
        {
            LogRescued(job.Id, job.Attempt, job.State);
            JobTelemetry.Rescued.Add(1);
            Tell(job);
        }
    }

    private void Tell(RescuedJob job)
    {
        switch (job.State)
        {
            case JobState.Failed:
                events.Failed(job.Id, job.Owner, job.Seq, JsonSerializer.Deserialize<JobError>(job.Error!, JobJson.Options)!);
                break;
            case JobState.Cancelled:
                events.Cancelled(job.Id, job.Owner, job.Seq);
                break;
            default:
                events.Waiting(job.Id, job.Owner, job.Seq);
                wakeUp.Signal(job.Queue, long.MinValue);
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Worker {Worker} was not heard of for {Lease}; its jobs are taken back")]
    private partial void LogWorkerLost(string worker, TimeSpan lease);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} was taken back from a lost worker in attempt {Attempt}; now it is {State}")]
    private partial void LogRescued(Guid jobId, int attempt, string state);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Lost workers can't be looked for ({Reason}); their jobs wait until the database is back")]
    private partial void LogUnreachable(string reason);
}
