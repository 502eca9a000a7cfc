using System.Net;

namespace AspireJobs.Client;

/// <summary>There is no such job, or no such type of job, or it isn't the caller's (404).</summary>
public sealed class JobNotFoundException : JobApiException
{
    internal JobNotFoundException(Problem problem)
        : base(HttpStatusCode.NotFound, problem)
    {
    }
}
