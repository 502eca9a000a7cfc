using System.Threading.Channels;

namespace Queueing;

/// <summary>One client's view of one job: the events that came in since it began to listen, up to a bound.</summary>
public sealed class JobListener : IDisposable
{
    private const int Capacity = 256;

    private readonly Channel<JobEvent> events = Channel.CreateBounded<JobEvent>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly Action<JobListener> remove;
    private long seen;

    internal JobListener(Guid jobId, Action<JobListener> remove) => (JobId, this.remove) = (jobId, remove);

    /// <summary>The job.</summary>
    public Guid JobId { get; }

    /// <summary>The seq of the newest event that this listener was offered or started from.</summary>
    public long Seen => Volatile.Read(ref seen);

    /// <summary>
    /// What came in, as it came: an event may come twice, and one of another process may overtake another. What a slow
    /// reader has no room for is dropped, oldest first, and shows as a hole in the numbers.
    /// </summary>
    public ChannelReader<JobEvent> Events => events.Reader;

    /// <summary>Says that the listener knows the job up to <paramref name="seq"/>, so that it needn't be told.</summary>
    public void RaiseTo(long seq)
    {
        if (seq > Volatile.Read(ref seen))
        {
            Volatile.Write(ref seen, seq);
        }
    }

    /// <summary>Ends the listening.</summary>
    public void Dispose() => remove(this);

    internal void Offer(JobEvent jobEvent)
    {
        RaiseTo(jobEvent.Seq);
        events.Writer.TryWrite(jobEvent);
    }
}
