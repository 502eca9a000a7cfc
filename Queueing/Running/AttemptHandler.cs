using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Queueing.Store;

namespace Queueing.Running;

/// <summary>Runs a job's handler under its type's timeout and says how it ended; throws nothing.</summary>
internal sealed class AttemptHandler(
    JobTypes types, JobStore store, JobEvents events, IServiceScopeFactory scopes, TimeProvider time)
{
    public async Task<AttemptResult> HandleAsync(ClaimedJob job, WorkerSession session, CancellationToken handBack)
    {
        if (types.Find(job.Type) is not { } type)
        {
            // Another worker, of another version, may know it.
            return new AttemptResult.Failed(new("unknown-job-type", $"This worker has no handler for '{job.Type}'.", Transient: true));
        }

        using var timeout = new CancellationTokenSource(type.Options.Timeout, time);
        using var leaseLost = CancellationTokenSource.CreateLinkedTokenSource(session.Lost);
        using var work = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, leaseLost.Token, handBack);
        var context = new JobContext(job, (percent, message, token) => ReportProgressAsync(job, percent, message, leaseLost, token));
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await type.Invoke(scope.ServiceProvider, job.Args, context, work.Token) switch
            {
                JobOutcome.Completed completed =>
                    new AttemptResult.Done(JobJson.WriteUntyped(completed.Result), JobJson.WriteUntyped(completed.Usage)),
                JobOutcome.Failed failed => new AttemptResult.Failed(new(failed.Type, failed.Message, Transient: false)),
                _ => throw new UnreachableException(),
            };
        }
        catch (OperationCanceledException) when (leaseLost.IsCancellationRequested)
        {
            return new AttemptResult.LeaseLost();
        }
        catch (OperationCanceledException) when (handBack.IsCancellationRequested)
        {
            return new AttemptResult.HandedBack();
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return new AttemptResult.Failed(new("timeout", $"The attempt took longer than {type.Options.Timeout}.", Transient: true));
        }
        catch (InvalidPayloadException exception)
        {
            return new AttemptResult.Failed(new("invalid-payload", exception.Message, Transient: false), exception.ToString());
        }
        catch (Exception exception)
        {
            // Whatever a handler throws, or returns that can't be written, is a failed attempt of its job, never the end of
            // the worker.
            return new AttemptResult.Failed(new(exception.GetType().Name, exception.Message, Transient: true), exception.ToString());
        }
    }

    private async Task ReportProgressAsync(
        ClaimedJob job, int percent, string? message, CancellationTokenSource leaseLost, CancellationToken cancellationToken)
    {
        try
        {
            if (await store.TryReportProgressAsync(job, percent, cancellationToken) is { } seq)
            {
                events.Progressed(job, seq, percent, message);
                return;
            }
        }
        catch (NpgsqlException)
        {
            return; // Only the report is lost; a later one, or the outcome, tells as much.
        }

        await leaseLost.CancelAsync();
        leaseLost.Token.ThrowIfCancellationRequested();
    }
}
