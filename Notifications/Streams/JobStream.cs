using Microsoft.AspNetCore.Http.HttpResults;
using Queueing;

namespace Notifications.Streams;

/// <summary>Begins streams of one job: with a snapshot, or with what the client missed.</summary>
internal sealed class JobStream(JobEventHub hub, BacklogReader backlogs)
{
    /// <param name="stream">The client's connection.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="last">The id of the last event that the client has, or null for a new client.</param>
    /// <param name="mayFollow">Whether the client may see a job of an owner.</param>
    /// <param name="cancellationToken">The client's connection.</param>
    public async Task<Results<EmptyHttpResult, NoContent, NotFound>> BeginAsync(
        OpenStream stream, Guid jobId, EventId? last, Predicate<string> mayFollow, CancellationToken cancellationToken)
    {
        var job = new FollowedJob(jobId, last, stream.Inbox, hub, backlogs);
        stream.Followed = job;
        if (await job.BeginAsync(mayFollow, cancellationToken) is not { } told)
        {
            return TypedResults.NotFound();
        }

        if (job.IsFinal && told.Count == 0)
        {
            // The client has the end: 204 tells EventSource not to come back.
            return TypedResults.NoContent();
        }

        await stream.BeginAsync(told, cancellationToken);
        return TypedResults.Empty;
    }
}
