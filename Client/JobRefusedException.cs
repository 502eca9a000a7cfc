using System.Net;

namespace AspireJobs.Client;

/// <summary>The API can't take the request now (429, 503): the queue is full, the caller is over its rate, or the database is away. Nothing was accepted.</summary>
public sealed class JobRefusedException : JobApiException
{
    internal JobRefusedException(HttpStatusCode statusCode, Problem problem, TimeSpan? retryAfter)
        : base(statusCode, problem) => RetryAfter = retryAfter;

    /// <summary>When to come back, from now; null when the server didn't say.</summary>
    public TimeSpan? RetryAfter { get; }
}
