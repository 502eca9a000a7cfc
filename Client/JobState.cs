namespace AspireJobs.Client;

/// <summary>The states of a job, as <see cref="JobStatus.Status"/> has them. A later server may have more.</summary>
public static class JobState
{
    /// <summary>Due, and waiting for a worker.</summary>
    public const string Waiting = "waiting";

    /// <summary>Waiting for its time to come: delayed on purpose, or backing off after a failed attempt.</summary>
    public const string Delayed = "delayed";

    /// <summary>A worker runs it.</summary>
    public const string Active = "active";

    /// <summary>Final: it ended well.</summary>
    public const string Completed = "completed";

    /// <summary>Final: it will not be tried again.</summary>
    public const string Failed = "failed";

    /// <summary>Final: somebody called it off.</summary>
    public const string Cancelled = "cancelled";
}
