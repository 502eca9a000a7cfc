using System.Net;

namespace AspireJobs.Client;

/// <summary>The API refused a request. The problem document that it answered with (RFC 9457) is in the properties.</summary>
public class JobApiException : Exception
{
    internal JobApiException(HttpStatusCode statusCode, Problem problem)
        : base($"{(int)statusCode}: {problem.Detail ?? problem.Title ?? statusCode.ToString()}")
    {
        (StatusCode, Type, TraceId) = (statusCode, problem.Type, problem.TraceId);
        Errors = problem.Errors ?? Errors;
    }

    /// <summary>The status of the answer.</summary>
    public HttpStatusCode StatusCode { get; }

    /// <summary>The problem's stable type, "/problems/idempotency-conflict" for instance; null when something other than the API answered.</summary>
    public string? Type { get; }

    /// <summary>What is wrong, by field, parameter or header.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; } = new Dictionary<string, string[]>();

    /// <summary>The trace under which the server's operators find the request.</summary>
    public string? TraceId { get; }
}
