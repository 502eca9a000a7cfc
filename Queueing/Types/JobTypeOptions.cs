namespace Queueing;

/// <summary>What holds for every job of a type.</summary>
public sealed class JobTypeOptions
{
    /// <summary>The queue its jobs wait in. Default: "default".</summary>
    public string Queue { get; set; } = "default";

    /// <summary>Attempts before the job fails for good, 1 to 1,000. Default: 3.</summary>
    public int MaxAttempts { get; set; } = 3;

    /// <summary>How long one attempt may run before its token is cancelled and it counts as failed; up to 49 days. Default: 2 minutes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The wait after a failed attempt. Default: exponential from 2 s to 1 minute.</summary>
    public Backoff Backoff { get; set; } = Backoff.Exponential(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1));

    /// <summary>What a client that polls an unfinished job is told to wait (Retry-After). Default: 1 second.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether only the system's own code makes such jobs: clients can't ask for one by its type's name. Default: false.</summary>
    public bool IsInternal { get; set; }

    /// <summary>Whether jobs of the same content share one result. Default: null, each makes its own.</summary>
    public ResultReuse? Reuse { get; set; }
}
