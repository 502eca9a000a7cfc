using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Queueing;

namespace Features.Webhooks;

/// <summary>Posts the status document of a job that has ended.</summary>
internal sealed class CallbackPoster(JobReader jobs, CallbackUrls urls, WebhookSecrets secrets, WebhookHttp http, TimeProvider time) : IJobHandler<PostCallback>
{
    private static readonly TimeSpan LongestAskedWait = TimeSpan.FromHours(3);

    public async Task<JobOutcome> HandleAsync(PostCallback args, JobContext context, CancellationToken workToken)
    {
        // What holds now, not what held when the job was created.
        if (!urls.TryRead(args.Url.AbsoluteUri, out var url, out var refusal))
        {
            return new JobOutcome.Failed("callback-refused", refusal);
        }

        if (await jobs.FindAsync(args.JobId, workToken) is not { } status)
        {
            return new JobOutcome.Failed("job-gone", "The job that ended is not kept any more.");
        }

        return status.IsFinal
            ? await PostAsync(url, status, context, workToken)
            : new JobOutcome.Discard("The job was let run again; its next end is posted.");
    }

    private async Task<JobOutcome> PostAsync(Uri url, JobStatus status, JobContext context, CancellationToken workToken)
    {
        using var request = Request(url, status, context);
        try
        {
            using var response = await http.SendAsync(request, workToken);
            return OutcomeOf(response);
        }
        catch (HttpRequestException exception) when (exception.InnerException is AddressRefusedException refused)
        {
            return new JobOutcome.Failed("callback-refused", refused.Message);
        }
        catch (HttpRequestException exception)
        {
            return TryAgain($"The receiver can't be reached: {exception.HttpRequestError}.");
        }
        catch (TaskCanceledException) when (!workToken.IsCancellationRequested)
        {
            return TryAgain("The receiver didn't answer in time.");
        }
    }

    private HttpRequestMessage Request(Uri url, JobStatus status, JobContext context)
    {
        // The same over all attempts, by which a receiver knows a message that it has had.
        var messageId = context.JobId.ToString();
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        var body = JsonSerializer.SerializeToUtf8Bytes(status, JobJson.Options);
        var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
        };
        request.Headers.Add("webhook-id", messageId);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", secrets.Sign(context.Owner, messageId, timestamp, body));
        return request;
    }

    private JobOutcome OutcomeOf(HttpResponseMessage response) => (int)response.StatusCode switch
    {
        >= 200 and < 300 and var code => new JobOutcome.Completed(new CallbackPosted(code)),
        (int)HttpStatusCode.Gone => new JobOutcome.Failed("callback-gone", "The receiver answered 410: it wants no more calls."),
        var code => TryAgain($"The receiver answered {code}.", response.Headers.RetryAfter),
    };

    private JobOutcome.RetryAfter TryAgain(string message, RetryConditionHeaderValue? asked = null)
    {
        var wait = asked?.Delta ?? asked?.Date - time.GetUtcNow();
        return new(wait > TimeSpan.Zero ? Min(wait.Value, LongestAskedWait) : null, "callback-failed", message);
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
