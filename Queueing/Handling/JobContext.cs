namespace Queueing;

/// <summary>The attempt that a handler is running.</summary>
public sealed class JobContext
{
    private readonly Func<int, string?, CancellationToken, Task> reportProgress;

    internal JobContext(ClaimedJob job, Func<int, string?, CancellationToken, Task> reportProgress)
    {
        (JobId, Owner, Attempt, MaxAttempts) = (job.Id, job.Owner, job.Attempt, job.MaxAttempts);
        this.reportProgress = reportProgress;
    }

    /// <summary>The job's id, the same over all its attempts.</summary>
    public Guid JobId { get; }

    /// <summary>Whose job it is.</summary>
    public string Owner { get; }

    /// <summary>This attempt, from 1.</summary>
    public int Attempt { get; }

    /// <summary>The attempt after which the job fails for good.</summary>
    public int MaxAttempts { get; }

    /// <summary>Tells the job's clients how far it has come.</summary>
    /// <remarks>Best effort: where the database is away it says nothing and the work goes on. One write each, so report steps, not every item.</remarks>
    /// <param name="percent">0 to 100.</param>
    /// <param name="message">A few words for people, or null.</param>
    /// <param name="cancellationToken">The handler's work token.</param>
    /// <exception cref="OperationCanceledException">The lease is lost: somebody else runs this job now.</exception>
    public Task ReportProgressAsync(int percent, string? message = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(percent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        return reportProgress(percent, message, cancellationToken);
    }
}
