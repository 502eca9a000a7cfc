using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Queueing.Reuse;
using Queueing.Store;

namespace Queueing.Running;

/// <summary>Runs a job's handler under its type's timeout and says how it ended; throws nothing.</summary>
internal sealed class AttemptHandler(
    JobTypes types, JobExceptions exceptions, ReuseStep reuse, AttemptStore store, JobEvents events, IServiceScopeFactory scopes, TimeProvider time)
{
    public async Task<AttemptResult> HandleAsync(Attempt attempt)
    {
        var job = attempt.Job;
        if (types.Find(job.Type) is not { } type)
        {
            // Another worker, of another version, may know it.
            return new AttemptResult.Failed(new("unknown-job-type", $"This worker has no handler for '{job.Type}'.", Transient: true));
        }

        var workToken = attempt.Begin(type.Options.Timeout, time);
        if (workToken.IsCancellationRequested)
        {
            return ResultOf(attempt, type);
        }

        var reports = new AttemptReports(attempt, store, events, time);
        try
        {
            return ResultOf(await InvokeAsync(type, new JobContext(attempt, reports), job, workToken), attempt.Usage);
        }
        catch (OperationCanceledException) when (workToken.IsCancellationRequested)
        {
            return ResultOf(attempt, type);
        }
        catch (InvalidPayloadException exception)
        {
            return new AttemptResult.Failed(new("invalid-payload", exception.Message, Transient: false), exception.StackTrace);
        }
        catch (Exception exception)
        {
            // Whatever a handler throws, or returns that can't be written, is a failed attempt of its job, never the end of
            // the worker.
            return Failure(exception, job);
        }
        finally
        {
            attempt.TextLength = reports.Close();
        }
    }

    private async Task<JobOutcome> InvokeAsync(JobType type, JobContext context, ClaimedJob job, CancellationToken workToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentJob>().Context = context;
        try
        {
            return await reuse.DecideAsync(type, job, scope.ServiceProvider, workToken)
                ?? await type.Invoke(scope.ServiceProvider, job.Args, context, workToken);
        }
        catch (Exception exception) when (!workToken.IsCancellationRequested && exceptions.OutcomeOf(exception) is { } outcome)
        {
            return outcome;
        }
    }

    /// <summary>A failed attempt, told without the payload's texts.</summary>
    public static AttemptResult.Failed Failure(Exception exception, ClaimedJob job) => new(
        new(exception.GetType().Name, PayloadRedaction.Redact(exception.Message, job.Args)!, Transient: true),
        PayloadRedaction.Redact(exception.ToString(), job.Args));

    private static AttemptResult ResultOf(JobOutcome outcome, JobUsage? usage)
    {
        AttemptResult result = outcome switch
        {
            JobOutcome.Completed completed =>
                new AttemptResult.Done(JobJson.WriteUntyped(completed.Result), JobJson.WriteUntyped(completed.Usage ?? usage)),
            JobOutcome.Taken taken => new AttemptResult.Done(taken.Result, Usage: null, taken.From),
            JobOutcome.Failed failed => new AttemptResult.Failed(new(failed.Type, failed.Message, Transient: false)),
            JobOutcome.RetryAfter retry =>
                new AttemptResult.Failed(new(retry.Type, retry.Message, Transient: true), Delay: Between(TimeSpan.Zero, retry.Delay)),
            JobOutcome.SnoozeFor snooze => new AttemptResult.HandedBack(Between(TimeSpan.FromMilliseconds(1), snooze.Delay)!.Value, snooze.Reason),
            JobOutcome.Discard discard => new AttemptResult.Cancelled(new("discarded", discard.Reason, Transient: false)),
            null => throw new InvalidOperationException("The handler returned null instead of an outcome."),
            _ => throw new UnreachableException(),
        };
        return outcome.InTransaction is null ? result : result with { InTransaction = outcome.InTransaction };
    }

    private static AttemptResult ResultOf(Attempt interrupted, JobType type) => interrupted.Interruption switch
    {
        Interruption.LeaseLost => new AttemptResult.LeaseLost(),
        Interruption.HandBack => new AttemptResult.HandedBack(TimeSpan.Zero),
        Interruption.Cancelled => new AttemptResult.Cancelled(),
        _ => new AttemptResult.Failed(new("timeout", $"The attempt took longer than {type.Options.Timeout}.", Transient: true)),
    };

    private static TimeSpan? Between(TimeSpan shortest, TimeSpan? delay) =>
        delay < shortest ? shortest : delay > EnqueueOptions.LongestDelay ? EnqueueOptions.LongestDelay : delay;
}
