using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Serialization.Metadata;

namespace AspireJobs.Client;

/// <summary>The requests that only read.</summary>
internal sealed class JobRequests(HttpClient http, JobClientOptions options, TimeProvider time)
{
    /// <summary>How many jobs are read at once.</summary>
    public const int PageSize = 100;

    /// <returns>The status document and its tag; null when it still is the one of <paramref name="known"/>.</returns>
    /// <param name="jobId">A job.</param>
    /// <param name="known">The tag of the document that the client has. With one, the server holds its answer until something changes.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="JobApiException">The API refused.</exception>
    public async Task<(JobStatus Status, EntityTagHeaderValue? Tag)?> ReadStatusAsync(Guid jobId, EntityTagHeaderValue? known, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/job-status/{jobId}");
        if (known is not null)
        {
            request.RequestUri = new($"{request.RequestUri}?wait={WaitSeconds}", UriKind.Relative);
            request.Headers.IfNoneMatch.Add(known);
        }

        using var response = await http.SendAsync(request, cancellationToken);
        await response.ThrowIfRefusedAsync(time, cancellationToken);
        return response.StatusCode == HttpStatusCode.NotModified ? null : (await ReadAsync(response, WireJson.Default.JobStatus, cancellationToken), response.Headers.ETag);
    }

    /// <returns>The newest jobs of the caller, newest first.</returns>
    /// <exception cref="JobApiException">The API refused.</exception>
    public async Task<IReadOnlyList<JobStatus>> ReadNewestAsync(CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri($"api/jobs?limit={PageSize}", UriKind.Relative), cancellationToken);
        await response.ThrowIfRefusedAsync(time, cancellationToken);
        return (await ReadAsync(response, WireJson.Default.JobPage, cancellationToken)).Items;
    }

    // Held for half the time that the HTTP client has patience for: the answer has a way to go, and the server its own pace.
    private string WaitSeconds => Math.Floor(
        http.Timeout == Timeout.InfiniteTimeSpan ? options.LongPoll.TotalSeconds : Math.Min(options.LongPoll.TotalSeconds, http.Timeout.TotalSeconds / 2))
        .ToString("0", CultureInfo.InvariantCulture);

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new System.Text.Json.JsonException("The API answered null.");
}
