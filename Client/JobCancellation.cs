namespace AspireJobs.Client;

/// <summary>What came of calling a job off.</summary>
public enum JobCancellation
{
    /// <summary>It waited, and is cancelled.</summary>
    Cancelled,

    /// <summary>A worker runs it and is asked to end it. It may still complete.</summary>
    Asked,

    /// <summary>It had already ended.</summary>
    AlreadyFinished,

    /// <summary>There is no such job, or it isn't the caller's.</summary>
    Unknown,
}
