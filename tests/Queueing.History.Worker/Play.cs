using System.Diagnostics;
using Npgsql;

namespace Queueing.History.Worker;

/// <summary>One attempt at a script.</summary>
internal sealed class Play(Assignment assignment, JobContext context, Snoozed snoozed, TimeProvider time)
{
    public const string RefusedError = "refused";
    public const string LaterError = "later";
    public const string BrokenError = nameof(InvalidOperationException);

    private readonly Luck luck = new(assignment.Seed, context.Attempt);

    public async Task<JobOutcome> RunAsync(CancellationToken workToken)
    {
        switch (assignment.Script)
        {
            case Script.Quick:
                return Completed();
            case Script.Slow:
                await Task.Delay(luck.Milliseconds(100, 900), time, workToken);
                await context.ReportProgressAsync(50, "half", workToken);
                await Task.Delay(luck.Milliseconds(100, 900), time, workToken);
                return Completed();
            case Script.Deaf:
                await Task.Delay(luck.Milliseconds(100, 2500), time, CancellationToken.None); // Its script is to ignore the token.
                return Completed();
            case Script.Flaky when luck.OneIn(2):
                throw new InvalidOperationException("Bad luck.");
            case Script.Flaky:
                return Completed();
            case Script.Hopeless:
                return new JobOutcome.Failed(RefusedError, "It can't be done.");
            case Script.Snooze when snoozed.IsFirst(context.JobId):
                return new JobOutcome.SnoozeFor(luck.Milliseconds(1, 600));
            case Script.Snooze:
                await Task.Delay(luck.Milliseconds(50, 1500), time, workToken);
                return Completed();
            case Script.Later when context.Attempt < 3:
                return new JobOutcome.RetryAfter(luck.Milliseconds(0, 300), LaterError, "Not yet.");
            case Script.Later:
                return Completed();
            case Script.Discard:
                return new JobOutcome.Discard("Nobody needs it.");
            case Script.LaterEffect when context.Attempt == 1:
                return new JobOutcome.RetryAfter(luck.Milliseconds(0, 300), LaterError, "Not yet.") { InTransaction = WriteEffectAsync };
            case Script.LaterEffect:
                return Completed();
            case Script.Effect:
                await Task.Delay(luck.Milliseconds(0, 300), time, workToken);
                return Completed() with { InTransaction = WriteEffectAndFollowUpAsync };
            case Script.BrokenEffect:
                return Completed() with { InTransaction = context.Attempt == 1 ? BreakAsync : WriteEffectAndFollowUpAsync };
            default:
                throw new UnreachableException();
        }
    }

    private JobOutcome.Completed Completed() => new(new AttemptMark(context.Attempt, Environment.ProcessId));

    private async Task WriteEffectAsync(JobTransaction transaction, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "insert into effect (job_id, attempt) values ($1, $2)", transaction.Connection, transaction.Transaction);
        command.Parameters.Add(new() { Value = context.JobId });
        command.Parameters.Add(new() { Value = context.Attempt });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task WriteEffectAndFollowUpAsync(JobTransaction transaction, CancellationToken cancellationToken)
    {
        await WriteEffectAsync(transaction, cancellationToken);
        await transaction.EnqueueAsync(
            new OpenAssignment(assignment.Token + HistoryJobs.FollowUpSuffix, Script.Quick, assignment.Seed, context.JobId),
            context.Owner,
            cancellationToken: cancellationToken);
    }

    private async Task BreakAsync(JobTransaction transaction, CancellationToken cancellationToken)
    {
        await WriteEffectAndFollowUpAsync(transaction, cancellationToken);
        throw new InvalidOperationException("Broken after the writes.");
    }
}
