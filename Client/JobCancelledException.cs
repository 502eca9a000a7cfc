namespace AspireJobs.Client;

/// <summary>A job whose result was waited for was called off.</summary>
public sealed class JobCancelledException : Exception
{
    internal JobCancelledException(Guid jobId, JobError? error)
        : base($"The job {jobId} was cancelled.") => (JobId, Error) = (jobId, error);

    /// <summary>The job.</summary>
    public Guid JobId { get; }

    /// <summary>Why, when its handler called it off.</summary>
    public JobError? Error { get; }
}
