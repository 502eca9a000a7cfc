using Queueing.Running;

namespace Queueing;

/// <summary>The attempt that a handler is running.</summary>
public sealed class JobContext
{
    private readonly Attempt attempt;
    private readonly AttemptReports reports;

    internal JobContext(Attempt attempt, AttemptReports reports) => (this.attempt, this.reports) = (attempt, reports);

    /// <summary>The job's id, the same over all its attempts.</summary>
    public Guid JobId => attempt.Job.Id;

    /// <summary>Whose job it is.</summary>
    public string Owner => attempt.Job.Owner;

    /// <summary>The name of the job's type.</summary>
    public string Type => attempt.Job.Type;

    /// <summary>This attempt, from 1.</summary>
    public int Attempt => attempt.Job.Attempt;

    /// <summary>The attempt after which the job fails for good.</summary>
    public int MaxAttempts => attempt.Job.MaxAttempts;

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

    /// <summary>Says that a provider did something for this attempt.</summary>
    /// <remarks>
    /// When the attempt completes, the sum of it is the job's usage, unless the outcome brings one of its own. Provider and model are those
    /// of the last call.
    /// </remarks>
    /// <param name="usage">What it used.</param>
    public void AddUsage(JobUsage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        attempt.AddUsage(usage);
    }

    /// <summary>
    /// Has something written in the transaction that records how this attempt ends, whatever that is: also after an exception, a
    /// timeout, a cancellation or a stop. For what must be kept although the work came to nothing, such as what it cost.
    /// </summary>
    /// <remarks>
    /// Called after the lease was checked, in the order of the calls and before the outcome's <see cref="JobOutcome.InTransaction"/>;
    /// again when the database was cut off, so it does nothing but write there. If it throws, the attempt has failed, and what
    /// was added here is not written. Not called when the lease was lost.
    /// </remarks>
    /// <param name="write">What writes.</param>
    public void OnRecord(Func<JobTransaction, CancellationToken, Task> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        attempt.OnRecord(write);
    }
}
