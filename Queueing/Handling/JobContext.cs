using Queueing.Running;

namespace Queueing;

/// <summary>The attempt that a handler is running.</summary>
public sealed class JobContext
{
    private readonly AttemptReports reports;

    internal JobContext(Store.ClaimedJob job, AttemptReports reports)
    {
        (JobId, Owner, Attempt, MaxAttempts) = (job.Id, job.Owner, job.Attempt, job.MaxAttempts);
        this.reports = reports;
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
        return reports.ReportProgressAsync(percent, message, cancellationToken);
    }

    /// <summary>Shows the job's clients a piece of the text that it is writing, in order.</summary>
    /// <remarks>
    /// Pieces that come within 30 ms go out as one. They are for the eye: best effort, through Redis alone, and a later attempt
    /// writes its text anew. What counts is the result.
    /// </remarks>
    /// <param name="piece">What follows the pieces before it.</param>
    public void WriteText(string piece)
    {
        ArgumentNullException.ThrowIfNull(piece);
        reports.WriteText(piece);
    }
}
