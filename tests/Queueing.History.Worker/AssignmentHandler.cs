namespace Queueing.History.Worker;

/// <summary>Keeps the journal around each attempt.</summary>
internal sealed class AssignmentHandler<TAssignment>(Journal journal, Snoozed snoozed, TimeProvider time) : IJobHandler<TAssignment>
    where TAssignment : Assignment
{
    public async Task<JobOutcome> HandleAsync(TAssignment args, JobContext context, CancellationToken workToken)
    {
        journal.Began(context.JobId, context.Attempt);
        try
        {
            var outcome = await new Play(args, context, snoozed, time).RunAsync(workToken);
            journal.Ended(context.JobId, context.Attempt, outcome.GetType().Name);
            return outcome;
        }
        catch (Exception exception)
        {
            journal.Ended(context.JobId, context.Attempt, exception.GetType().Name);
            throw;
        }
    }
}
