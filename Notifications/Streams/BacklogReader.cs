using Queueing;

namespace Notifications.Streams;

/// <summary>Reads what a client is told before anything new happens.</summary>
internal sealed class BacklogReader(JobReader jobs, JobEventLog log, TimeProvider time)
{
    // Events go out beside the changes that they tell of, and from two processes they may overtake each other.
    private static readonly TimeSpan OnTheirWay = TimeSpan.FromMilliseconds(100);

    /// <param name="jobId">A job.</param>
    /// <param name="last">The id of the last event that the client has, or null for a new client.</param>
    /// <param name="newestMayCome">Progress that Redis doesn't have is on its way; else the status tells it.</param>
    /// <param name="mayFollow">Whether a job of an owner may be told of; null where that is known. A job that may not is not waited for, or the time would tell of it.</param>
    /// <param name="cancellationToken">The client's connection.</param>
    /// <returns>Null when there is no such job (any more).</returns>
    public async Task<JobBacklog?> ReadAsync(
        Guid jobId, EventId? last, bool newestMayCome, Predicate<string>? mayFollow, CancellationToken cancellationToken)
    {
        var backlog = await ReadOnceAsync(jobId, last, newestMayCome, mayFollow, cancellationToken);
        if (backlog is not { HasGap: true })
        {
            return backlog;
        }

        await Task.Delay(OnTheirWay, time, cancellationToken);
        return await ReadOnceAsync(jobId, last, newestMayCome, mayFollow, cancellationToken);
    }

    /// <returns>How the job stands, or null when it is gone.</returns>
    public Task<JobStatus?> ReadStatusAsync(Guid jobId, CancellationToken cancellationToken) => jobs.FindAsync(jobId, cancellationToken);

    private async Task<JobBacklog?> ReadOnceAsync(
        Guid jobId, EventId? last, bool newestMayCome, Predicate<string>? mayFollow, CancellationToken cancellationToken)
    {
        // Redis first: what it lacks because it was read early comes from the listener, which is older than both.
        var kept = await log.ReadAsync(jobId);
        return await jobs.FindHistoryAsync(jobId, cancellationToken) is { } history && mayFollow?.Invoke(history.Status.Owner) != false
            ? JobBacklog.Compose(history, kept, last, newestMayCome)
            : null;
    }
}
