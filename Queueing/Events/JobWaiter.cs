using System.Threading.Channels;
using Microsoft.Extensions.Hosting;

namespace Queueing;

/// <summary>Waits for a job to change, on behalf of a request: it hears of changes, and polls nothing.</summary>
/// <remarks>A wait ends early when the host stops, so that it doesn't hold a stop up.</remarks>
public sealed class JobWaiter(JobEventHub hub, JobReader jobs, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <returns>The job as it ended, or as it stands when the time is over; null for an unknown id.</returns>
    public Task<JobStatus?> UntilFinishedAsync(Guid jobId, TimeSpan longest, CancellationToken cancellationToken) =>
        WaitAsync(jobId, status => status.IsFinal, jobEvent => jobEvent.IsFinal, longest, cancellationToken);

    /// <returns>The job as soon as it is further than <paramref name="seq"/> (<see cref="JobStatus.Seq"/>), or as it stands when the time is over.</returns>
    public Task<JobStatus?> UntilChangedAsync(Guid jobId, long seq, TimeSpan longest, CancellationToken cancellationToken) =>
        WaitAsync(jobId, status => status.Seq > seq, jobEvent => jobEvent.Seq > seq, longest, cancellationToken);

    private async Task<JobStatus?> WaitAsync(
        Guid jobId, Func<JobStatus, bool> isEnough, Func<JobEvent, bool> isWorthReading, TimeSpan longest, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(longest, time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, lifetime.ApplicationStopping, cancellationToken);
        var changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        // Listening starts before the job is read: nothing is missed between the two.
        using var listener = hub.Listen(
            jobId,
            jobEvent =>
            {
                if (isWorthReading(jobEvent))
                {
                    changed.Writer.TryWrite(true);
                }
            },
            () => changed.Writer.TryWrite(true));
        var status = await jobs.FindAsync(jobId, cancellationToken);
        try
        {
            while (status is not null && !isEnough(status))
            {
                listener.RaiseTo(status.Seq);
                await changed.Reader.ReadAsync(over.Token);
                status = await jobs.FindAsync(jobId, cancellationToken);
            }

            return status;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return await jobs.FindAsync(jobId, cancellationToken);
        }
    }
}
