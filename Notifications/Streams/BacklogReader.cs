using Queueing;

namespace Notifications.Streams;

/// <summary>Reads what a client is told before anything new happens.</summary>
internal sealed class BacklogReader(JobReader jobs, JobEventLog log, TimeProvider time)
{
    // Events go out beside the changes that they tell of, and from two processes they may overtake each other.
    private static readonly TimeSpan OnTheirWay = TimeSpan.FromMilliseconds(100);

    /// <param name="jobId">A job that exists.</param>
    /// <param name="last">The id of the last event that the client has, or null for a new client.</param>
    /// <param name="heard">An event that came in, though the ones before it did not.</param>
    /// <param name="cancellationToken">The client's connection.</param>
    public async Task<JobBacklog> ReadAsync(Guid jobId, EventId? last, JobEvent? heard, CancellationToken cancellationToken)
    {
        var backlog = await ReadOnceAsync(jobId, last, heard, cancellationToken);
        if (!backlog.HasGap)
        {
            return backlog;
        }

        await Task.Delay(OnTheirWay, time, cancellationToken);
        return await ReadOnceAsync(jobId, last, heard, cancellationToken);
    }

    private async Task<JobBacklog> ReadOnceAsync(Guid jobId, EventId? last, JobEvent? heard, CancellationToken cancellationToken)
    {
        // The log first: what it lacks because it was read early comes from the listener, which is older than both.
        var logged = await log.ReadAsync(jobId);
        var status = await jobs.FindAsync(jobId, cancellationToken)
            ?? throw new InvalidOperationException($"The job {jobId} was removed while a client followed it.");
        return JobBacklog.Compose(status, heard is null ? logged : logged.Append(heard), last);
    }
}
