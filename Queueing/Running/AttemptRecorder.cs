using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;
using Queueing.Store;

namespace Queueing.Running;

/// <summary>Writes how an attempt ended, fenced, and tells the job's clients.</summary>
internal sealed partial class AttemptRecorder(
    OutcomeWriter writer, JobTypes types, JobEvents events, JobWakeUp wakeUp, TimeProvider time, ILogger<AttemptRecorder> logger)
{
    /// <returns>What became of the job, in a word for logs and metrics.</returns>
    public async Task<string> RecordAsync(Attempt attempt, AttemptResult result, CancellationToken giveUp)
    {
        var job = attempt.Job;
        try
        {
            return result switch
            {
                AttemptResult.Done done => await CompleteAsync(attempt, done, giveUp),
                AttemptResult.Failed { Error.Transient: true } failed when job.Attempt < job.MaxAttempts => await RetryAsync(attempt, failed, giveUp),
                AttemptResult.Failed failed => await FailAsync(attempt, failed, giveUp),
                AttemptResult.HandedBack handedBack => await HandBackAsync(attempt, handedBack, giveUp),
                AttemptResult.Cancelled cancelled => await CancelAsync(attempt, cancelled, giveUp),
                AttemptResult.LeaseLost => LeaseLost(job),
                _ => throw new UnreachableException(),
            };
        }
        catch (InTransactionException exception)
        {
            // Nothing was recorded: what the handler wanted to write with its outcome can't be written. Without such a part it
            // was what is written with the attempt's end.
            if (result.InTransaction is null)
            {
                attempt.ForgetWrites();
                LogNotWritten(job.Id, job.Attempt, exception.InnerException!.GetType().Name);
            }

            return await RecordAsync(attempt, AttemptHandler.Failure(exception.InnerException!, job), giveUp);
        }
    }

    private async Task<string> CompleteAsync(Attempt attempt, AttemptResult.Done done, CancellationToken giveUp)
    {
        var job = attempt.Job;
        var completed = new CompletedAttempt(job, done.Result, done.Usage, attempt.TextLength, done.ReusedFrom);
        var inTransaction = attempt.WritesAnd(done.InTransaction);
        var seq = inTransaction is null
            ? await writer.CompleteAsync(completed, giveUp)
            : await writer.WriteAsync(job, JobState.Completed, CompleteAloneAsync, inTransaction, giveUp);
        return Tell(job, seq, JobState.Completed, recorded => events.Completed(job, recorded, done.Result, attempt.TextLength));

        async Task<long?> CompleteAloneAsync(NpgsqlConnection connection) =>
            (await AttemptStore.CompleteAsync(connection, [completed], CancellationToken.None))
            .TryGetValue(job.Id, out var recorded) ? recorded : null;
    }

    private async Task<string> RetryAsync(Attempt attempt, AttemptResult.Failed failed, CancellationToken giveUp)
    {
        var job = attempt.Job;
        var delay = failed.Delay ?? BackoffOf(job);
        var seq = await writer.WriteAsync(
            job,
            state: null,
            connection => AttemptStore.TryRetryAsync(connection, job, JobJson.Write(failed.Error), failed.Stack, delay, CancellationToken.None),
            attempt.WritesAnd(failed.InTransaction),
            giveUp);
        if (seq is null)
        {
            return await CallOffAsync(attempt, giveUp);
        }

        if (delay <= TimeSpan.Zero)
        {
            wakeUp.Signal(job.Queue, job.Rank);
        }

        return Tell(job, seq, "retrying", recorded => events.Retrying(job, recorded, failed.Error, time.GetUtcNow() + delay));
    }

    private async Task<string> FailAsync(Attempt attempt, AttemptResult.Failed failed, CancellationToken giveUp)
    {
        var job = attempt.Job;
        var seq = await writer.WriteAsync(
            job,
            JobState.Failed,
            connection => AttemptStore.TryEndAsync(connection, job, JobState.Failed, JobJson.Write(failed.Error), failed.Stack, attempt.TextLength, CancellationToken.None),
            attempt.WritesAnd(failed.InTransaction),
            giveUp);
        return Tell(job, seq, JobState.Failed, recorded => events.Failed(job, recorded, failed.Error, attempt.TextLength));
    }

    private async Task<string> HandBackAsync(Attempt attempt, AttemptResult.HandedBack handedBack, CancellationToken giveUp)
    {
        var job = attempt.Job;
        var seq = await writer.WriteAsync(
            job,
            state: null,
            connection => AttemptStore.TryReleaseAsync(connection, job, handedBack.Delay, handedBack.Reason, CancellationToken.None),
            attempt.WritesAnd(handedBack.InTransaction),
            giveUp);
        if (seq is null)
        {
            return await CallOffAsync(attempt, giveUp);
        }

        if (handedBack.Delay <= TimeSpan.Zero)
        {
            wakeUp.Signal(job.Queue, job.Rank);
        }

        return Tell(job, seq, handedBack.Delay > TimeSpan.Zero ? "snoozed" : "handed back", recorded => events.Waiting(job, recorded));
    }

    private async Task<string> CancelAsync(Attempt attempt, AttemptResult.Cancelled cancelled, CancellationToken giveUp)
    {
        var job = attempt.Job;
        var error = cancelled.Reason is null ? null : JobJson.Write(cancelled.Reason);
        var seq = await writer.WriteAsync(
            job,
            JobState.Cancelled,
            connection => AttemptStore.TryEndAsync(connection, job, JobState.Cancelled, error, stack: null, attempt.TextLength, CancellationToken.None),
            attempt.WritesAnd(cancelled.InTransaction),
            giveUp);
        return Tell(job, seq, JobState.Cancelled, recorded => events.Cancelled(job, recorded, cancelled.Reason, attempt.TextLength));
    }

    // A job that can't be put back was called off, or its lease is lost; or the database was away when a stop's grace ended, and
    // then the job is its next worker's, not cancelled.
    private async Task<string> CallOffAsync(Attempt attempt, CancellationToken giveUp)
    {
        var job = attempt.Job;
        var seq = await writer.WriteAsync(
            job,
            JobState.Cancelled,
            connection => AttemptStore.TryCallOffAsync(connection, job, attempt.TextLength, CancellationToken.None),
            attempt.WritesAnd(null),
            giveUp);
        return Tell(job, seq, JobState.Cancelled, recorded => events.Cancelled(job, recorded, reason: null, attempt.TextLength));
    }

    private string Tell(ClaimedJob job, long? seq, string word, Action<long> tell)
    {
        if (seq is null)
        {
            return LeaseLost(job);
        }

        tell(seq.Value);
        return word;
    }

    private string LeaseLost(ClaimedJob job)
    {
        LogLeaseLost(job.Id, job.Attempt);
        return "lease lost";
    }

    private TimeSpan BackoffOf(ClaimedJob job)
    {
        var backoff = types.Find(job.Type)?.Options.Backoff ?? new JobTypeOptions().Backoff;
#pragma warning disable CA5394 // Jitter needs no secrecy.
        return backoff.Delay(job.Attempt, Random.Shared.NextDouble());
#pragma warning restore CA5394
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "What attempt {Attempt} of job {JobId} leaves behind could not be written ({Error}); the attempt has failed")]
    private partial void LogNotWritten(Guid jobId, int attempt, string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} lost its lease in attempt {Attempt}; its result is discarded")]
    private partial void LogLeaseLost(Guid jobId, int attempt);
}
