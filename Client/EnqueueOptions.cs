namespace AspireJobs.Client;

/// <summary>What a caller may say of a new job. The server judges it: what can't be is a <see cref="JobApiException"/> that names the field.</summary>
public sealed record EnqueueOptions
{
    /// <summary>
    /// For 24 hours the same key and payload give the first job back (<see cref="JobReceipt.IsReplayed"/>), so that a request
    /// that nobody answered can be repeated; another payload is refused. 1 to 255 ASCII characters.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>1 to 10, higher runs first. The server's default is 5.</summary>
    public int? Priority { get; init; }

    /// <summary>Not to be run before this time from now; whole milliseconds. Not together with <see cref="RunAt"/>.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>Not to be run before this time.</summary>
    public DateTimeOffset? RunAt { get; init; }

    /// <summary>Not begun by this time, the job fails with the error "expired".</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Where the status document is posted when the job ends. The server has a list of hosts that it may call.</summary>
    public Uri? CallbackUrl { get; init; }
}
