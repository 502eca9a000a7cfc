namespace Queueing;

/// <summary>Somebody who follows one job, until it is disposed.</summary>
public sealed class JobListener : IDisposable
{
    private readonly Action<JobEvent> heard;
    private readonly Action missed;
    private readonly Action<JobListener> remove;
    private long seen;
    private long found;

    internal JobListener(Guid jobId, Action<JobEvent> heard, Action missed, Action<JobListener> remove) =>
        (JobId, this.heard, this.missed, this.remove) = (jobId, heard, missed, remove);

    /// <summary>The job.</summary>
    public Guid JobId { get; }

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

    internal void Hear(JobEvent jobEvent)
    {
        RaiseTo(jobEvent.Seq);
        heard(jobEvent);
    }

    /// <summary>Says how far the job has come: what the listener hasn't heard of by then, it missed.</summary>
    internal void Check(long seq, bool mayBeOnItsWay)
    {
        // What is found for the first time may be on its way through Redis, and what is told here would overtake it.
        var due = mayBeOnItsWay ? found : seq;
        found = seq;
        if (Volatile.Read(ref seen) < due)
        {
            RaiseTo(due);
            missed();
        }
    }
}
