using System.Threading.Channels;
using Queueing;

namespace Notifications.Streams;

/// <summary>One client's view of one job: the events that came in since it began to listen, up to a bound.</summary>
internal sealed class JobListener(Guid jobId, Action<JobListener> remove) : IDisposable
{
    private const int Capacity = 256;

    private readonly Channel<JobEvent> events = Channel.CreateBounded<JobEvent>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private long seen;

    public Guid JobId { get; } = jobId;

    /// <summary>The seq of the newest event that this listener was offered or started from.</summary>
    public long Seen => Volatile.Read(ref seen);

    /// <summary>What came in, in order. What a slow client has no room for is dropped, oldest first, and shows as a hole in the seq.</summary>
    public ChannelReader<JobEvent> Events => events.Reader;

    public void Offer(JobEvent jobEvent)
    {
        RaiseTo(jobEvent.Seq);
        events.Writer.TryWrite(jobEvent);
    }

    public void RaiseTo(long seq)
    {
        if (seq > Volatile.Read(ref seen))
        {
            Volatile.Write(ref seen, seq);
        }
    }

    public void Dispose() => remove(this);
}
