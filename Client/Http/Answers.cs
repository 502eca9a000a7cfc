using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace AspireJobs.Client;

/// <summary>What an answer means.</summary>
internal static class Answers
{
    /// <exception cref="JobApiException">The answer is a refusal.</exception>
    public static async Task ThrowIfRefusedAsync(this HttpResponseMessage response, TimeProvider time, CancellationToken cancellationToken)
    {
        if ((int)response.StatusCode < 400)
        {
            return;
        }

        var problem = await ReadProblemAsync(response, cancellationToken);
        throw response.StatusCode switch
        {
            HttpStatusCode.NotFound => new JobNotFoundException(problem),
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable => new JobRefusedException(response.StatusCode, problem, RetryAfterOf(response, time)),
            _ => new JobApiException(response.StatusCode, problem),
        };
    }

    /// <summary>Whether the same request can succeed later.</summary>
    public static bool IsPassing(this HttpStatusCode status) =>
        (int)status >= 500 || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response, TimeProvider time)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? header?.Date - time.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static async Task<Problem> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
        {
            return Problem.Unknown;
        }

        try
        {
            return await response.Content.ReadFromJsonAsync(WireJson.Default.Problem, cancellationToken) ?? Problem.Unknown;
        }
        catch (JsonException)
        {
            return Problem.Unknown; // The status says enough.
        }
    }
}
