namespace AspireJobs.Client;

/// <summary>A job whose result was waited for failed.</summary>
public sealed class JobFailedException : Exception
{
    internal JobFailedException(Guid jobId, JobError error)
        : base($"The job {jobId} failed: {error.Type}") => (JobId, Error) = (jobId, error);

    /// <summary>The job.</summary>
    public Guid JobId { get; }

    /// <summary>Why it failed.</summary>
    public JobError Error { get; }
}
