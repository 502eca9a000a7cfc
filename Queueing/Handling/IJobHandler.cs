namespace Queueing;

/// <summary>Does the work of one type of job.</summary>
/// <remarks>
/// At least once: a worker that dies after the work but before the outcome is recorded makes another run it again, so
/// a handler is written to be run twice. The outcome is recorded exactly once. An exception is a failed attempt, tried
/// again as the type's <see cref="JobTypeOptions"/> say; return <see cref="JobOutcome.Failed"/> where another attempt
/// cannot help.
/// </remarks>
/// <typeparam name="TArgs">The payload.</typeparam>
public interface IJobHandler<in TArgs>
    where TArgs : class
{
    /// <param name="args">The payload, as it was enqueued.</param>
    /// <param name="context">The job, and how to tell its clients how far it has come.</param>
    /// <param name="workToken">Cancelled at the type's timeout, when the lease is lost and at the end of a stop's grace.</param>
    Task<JobOutcome> HandleAsync(TArgs args, JobContext context, CancellationToken workToken);
}
