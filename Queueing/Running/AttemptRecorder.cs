using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;
using Queueing.Store;

namespace Queueing.Running;

/// <summary>Writes how an attempt ended, fenced, and tells the job's clients.</summary>
internal sealed partial class AttemptRecorder(
    JobStore store, JobTypes types, JobEvents events, TimeProvider time, ILogger<AttemptRecorder> logger)
{
    private static readonly TimeSpan UntilDatabaseReturns = TimeSpan.FromMilliseconds(500);

    /// <returns>What became of the job, in a word for logs and metrics.</returns>
    public async Task<string> RecordAsync(ClaimedJob job, AttemptResult result, CancellationToken giveUp)
    {
        switch (result)
        {
            case AttemptResult.Done done:
                return await PersistAsync(
                    job,
                    token => store.TryCompleteAsync(job, done.Result, done.Usage, token),
                    seq => events.Completed(job, seq, done.Result),
                    JobState.Completed,
                    giveUp);

            case AttemptResult.Failed { Error.Transient: true } failed when job.Attempt < job.MaxAttempts:
                var delay = BackoffOf(job);
                return await PersistAsync(
                    job,
                    token => store.TryRetryAsync(job, JobJson.Write(failed.Error), failed.Stack, delay, token),
                    seq => events.Retrying(job, seq, failed.Error, time.GetUtcNow() + delay),
                    "retrying",
                    giveUp);

            case AttemptResult.Failed failed:
                return await PersistAsync(
                    job,
                    token => store.TryFailAsync(job, JobJson.Write(failed.Error), failed.Stack, token),
                    seq => events.Failed(job, seq, failed.Error),
                    JobState.Failed,
                    giveUp);

            case AttemptResult.HandedBack:
                return await PersistAsync(job, token => store.TryReleaseAsync(job, token), seq => events.Waiting(job, seq), "handed back", giveUp);

            case AttemptResult.LeaseLost:
                LogLeaseLost(job.Id, job.Attempt);
                return "lease lost";

            default:
                throw new UnreachableException();
        }
    }

    private TimeSpan BackoffOf(ClaimedJob job)
    {
        var backoff = types.Find(job.Type)?.Options.Backoff ?? new JobTypeOptions().Backoff;
#pragma warning disable CA5394 // Jitter needs no secrecy.
        return backoff.Delay(job.Attempt, Random.Shared.NextDouble());
#pragma warning restore CA5394
    }

    /// <summary>Repeats a fenced write until the database answers it: what a handler did is not thrown away for an outage.</summary>
    private async Task<string> PersistAsync(
        ClaimedJob job, Func<CancellationToken, Task<long?>> write, Action<long> tell, string word, CancellationToken giveUp)
    {
        for (var failures = 0; ; failures++)
        {
            try
            {
                // Not the stop's token: an outcome at hand is recorded during shutdown too.
                if (await write(CancellationToken.None) is { } seq)
                {
                    tell(seq);
                    return word;
                }

                LogLeaseLost(job.Id, job.Attempt);
                return "lease lost";
            }
            catch (NpgsqlException exception) when (exception.IsTransient)
            {
                if (giveUp.IsCancellationRequested)
                {
                    LogGivenUp(job.Id, job.Attempt, exception.Message);
                    return "not recorded";
                }

                if (failures == 0)
                {
                    LogNotRecordedYet(job.Id, job.Attempt, exception.Message);
                }
            }

            await Task.Delay(UntilDatabaseReturns, time, giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} lost its lease in attempt {Attempt}; its result is discarded")]
    private partial void LogLeaseLost(Guid jobId, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outcome of job {JobId}, attempt {Attempt}, can't be recorded ({Reason}); it is kept and tried again until the database answers")]
    private partial void LogNotRecordedYet(Guid jobId, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outcome of job {JobId}, attempt {Attempt}, was not recorded before the stop ({Reason}); the job runs again when its lease ends")]
    private partial void LogGivenUp(Guid jobId, int attempt, string reason);
}
