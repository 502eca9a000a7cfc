using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AspireJobs.Client.Following;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AspireJobs.Client;

/// <summary>A client of the jobs' HTTP API. Safe to use from many threads; the caller is whoever the HTTP client signs in.</summary>
public sealed class JobClient
{
    private readonly HttpClient http;
    private readonly JobClientOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly JobRequests requests;

    /// <param name="http">Has a base address; signs in, and finds the API. A stream outlives its <see cref="HttpClient.Timeout"/>.</param>
    /// <param name="options">How jobs are followed.</param>
    /// <param name="time">Measures silences and waits.</param>
    /// <param name="logger">Is told when a stream fails, falls silent and is heard again; never what jobs carry.</param>
    public JobClient(HttpClient http, JobClientOptions? options = null, TimeProvider? time = null, ILogger<JobClient>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.BaseAddress is null)
        {
            throw new ArgumentException($"The HTTP client needs a {nameof(HttpClient.BaseAddress)}: where the API is.", nameof(http));
        }

        this.http = http;
        this.options = options ?? new();
        this.options.Validate();
        this.time = time ?? TimeProvider.System;
        this.logger = logger ?? NullLogger<JobClient>.Instance;
        requests = new(http, this.options, this.time);
    }

    /// <summary>Posts a job.</summary>
    /// <remarks>
    /// It is sent once. When no answer comes it may have been accepted: give it an
    /// <see cref="EnqueueOptions.IdempotencyKey"/>, and repeat it.
    /// </remarks>
    /// <param name="type">The job's type.</param>
    /// <param name="payload">The type's payload, written by <see cref="JobClientOptions.Json"/>.</param>
    /// <param name="options">What else there is to say of the job.</param>
    /// <param name="cancellationToken">Ends the call; the job may have been accepted.</param>
    /// <returns>The accepted job.</returns>
    /// <exception cref="JobRefusedException">Not now (429, 503), and when to come back.</exception>
    /// <exception cref="JobApiException">The API refused: what is wrong with the payload, or that the key was used for another one.</exception>
    /// <exception cref="HttpRequestException">The API could not be reached.</exception>
    public async Task<JobReceipt> EnqueueAsync<TPayload>(
        string type, TPayload payload, EnqueueOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        using var request = new HttpRequestMessage(HttpMethod.Post, EnqueueQuery.UrlOf(type, options))
        {
            Content = JsonContent.Create(payload, this.options.TypeInfo<TPayload>()),
        };
        if (options?.IdempotencyKey is { } key)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await http.SendAsync(request, cancellationToken);
        await response.ThrowIfRefusedAsync(time, cancellationToken);
        var receipt = await response.Content.ReadFromJsonAsync(WireJson.Default.JobReceipt, cancellationToken);
        return receipt! with { IsReplayed = response.Headers.Contains("Idempotency-Replayed") };
    }

    /// <returns>How the job stands; null for an unknown one, or one that isn't the caller's.</returns>
    /// <exception cref="JobApiException">The API refused.</exception>
    /// <exception cref="HttpRequestException">The API could not be reached.</exception>
    public async Task<JobStatus?> FindAsync(Guid jobId, CancellationToken cancellationToken = default)
    {
        try
        {
            return (await requests.ReadStatusAsync(jobId, known: null, cancellationToken))?.Status;
        }
        catch (JobNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Calls a job off.</summary>
    /// <exception cref="JobApiException">The API refused.</exception>
    /// <exception cref="HttpRequestException">The API could not be reached.</exception>
    public async Task<JobCancellation> CancelAsync(Guid jobId, CancellationToken cancellationToken = default)
    {
        using var response = await http.DeleteAsync(new Uri($"api/jobs/{jobId}", UriKind.Relative), cancellationToken);
        switch (response.StatusCode)
        {
            case HttpStatusCode.Accepted:
                return JobCancellation.Asked;
            case HttpStatusCode.Conflict:
                return JobCancellation.AlreadyFinished;
            case HttpStatusCode.NotFound:
                return JobCancellation.Unknown;
            default:
                await response.ThrowIfRefusedAsync(time, cancellationToken);
                return JobCancellation.Cancelled;
        }
    }

    /// <inheritdoc cref="FollowAsync(Guid, string?, CancellationToken)"/>
    /// <param name="receipt">An accepted job. The HTTP client signs in for its stream as for any request.</param>
    /// <param name="cancellationToken">Ends the following.</param>
    public IAsyncEnumerable<JobNotice> FollowAsync(JobReceipt receipt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        return FollowAsync(receipt.JobId, lastEventId: null, cancellationToken);
    }

    /// <summary>
    /// Tells what happens to a job, from a snapshot to its end: each event once and in order, over as many connections as it
    /// takes. Ends after the final notice.
    /// </summary>
    /// <remarks>
    /// Failures that may pass (no connection, 5xx, 429) are waited out, for ever: bound it by
    /// <paramref name="cancellationToken"/>. While the stream is silent, the status is told (<see cref="NoticeSource.Poll"/>).
    /// When the stream is heard again it goes on after its last event, which also tells what a snapshot has shown before.
    /// </remarks>
    /// <param name="jobId">The job.</param>
    /// <param name="lastEventId">The <see cref="JobNotice.EventId"/> of the last notice that an earlier follower had: only what came after it is told. Nothing is, when that was the end.</param>
    /// <param name="cancellationToken">Ends the following.</param>
    /// <exception cref="JobNotFoundException">There is no such job, or it isn't the caller's.</exception>
    /// <exception cref="JobApiException">The API refused for good: 400, 401, 403.</exception>
    public IAsyncEnumerable<JobNotice> FollowAsync(Guid jobId, string? lastEventId = null, CancellationToken cancellationToken = default) =>
        FollowAsync(() => new OneJob(jobId, requests), lastEventId, cancellationToken);

    /// <summary>Tells what happens to every job of the caller, an administrator's to every job, over one connection, until it is cancelled.</summary>
    /// <remarks>
    /// It begins with a snapshot of each unfinished job, the newest 100 of them. Otherwise it is as
    /// <see cref="FollowAsync(Guid, string?, CancellationToken)"/>: each job ends with one final notice. While the stream is
    /// silent the newest 100 jobs, and those that were told of before, are polled.
    /// </remarks>
    /// <param name="cancellationToken">Ends the following.</param>
    /// <exception cref="JobApiException">The API refused for good: 400, 401, 403.</exception>
    public IAsyncEnumerable<JobNotice> FollowAllAsync(CancellationToken cancellationToken = default) =>
        FollowAsync(() => new AllJobs(requests), lastEventId: null, cancellationToken);

    /// <inheritdoc cref="WaitForResultAsync{TResult}(Guid, CancellationToken)"/>
    /// <param name="receipt">An accepted job.</param>
    /// <param name="cancellationToken">Ends the waiting; the job goes on.</param>
    public Task<TResult?> WaitForResultAsync<TResult>(JobReceipt receipt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        return WaitForResultAsync<TResult>(receipt.JobId, cancellationToken);
    }

    /// <summary>Follows a job to its end.</summary>
    /// <param name="jobId">The job.</param>
    /// <param name="cancellationToken">Ends the waiting; the job goes on.</param>
    /// <returns>Its result, read by <see cref="JobClientOptions.Json"/>; null when it makes nothing.</returns>
    /// <exception cref="JobFailedException">The job failed.</exception>
    /// <exception cref="JobCancelledException">The job was called off.</exception>
    /// <exception cref="JobApiException">The API refused for good.</exception>
    public async Task<TResult?> WaitForResultAsync<TResult>(Guid jobId, CancellationToken cancellationToken = default)
    {
        await foreach (var notice in FollowAsync(jobId, lastEventId: null, cancellationToken))
        {
            switch (notice)
            {
                case JobNotice.Completed completed:
                    return completed.Result is { } result ? result.Deserialize(options.TypeInfo<TResult>()) : default;
                case JobNotice.Failed failed:
                    throw new JobFailedException(jobId, failed.Error);
                case JobNotice.Cancelled cancelled:
                    throw new JobCancelledException(jobId, cancelled.Error);
            }
        }

        throw new UnreachableException("A job that is followed from its start ends with a final notice.");
    }

    // Begun anew whenever it is enumerated.
    private async IAsyncEnumerable<JobNotice> FollowAsync(
        Func<IFollowed> begin, string? lastEventId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var follower = new Follower(http, begin(), options, time, logger);
        await foreach (var notice in follower.FollowAsync(lastEventId, cancellationToken))
        {
            yield return notice;
        }
    }
}
