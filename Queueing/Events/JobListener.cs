namespace Queueing;

/// <summary>Somebody who follows one job, until it is disposed.</summary>
public sealed class JobListener : IDisposable
{
    private readonly Action<JobEvent> heard;
    private readonly Action missed;
    private readonly Action<JobListener> remove;
    private long seen;

    internal JobListener(Guid jobId, Action<JobEvent> heard, Action missed, Action<JobListener> remove) =>
        (JobId, this.heard, this.missed, this.remove) = (jobId, heard, missed, remove);

    /// <summary>The job.</summary>
    public Guid JobId { get; }

    internal long Seen => Volatile.Read(ref seen);

    /// <summary>Says that the listener knows the job up to <paramref name="seq"/>, so that it needn't be told.</summary>
    public void RaiseTo(long seq)
    {
        if (seq > Seen)
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

    internal void Miss(long seq)
    {
        RaiseTo(seq);
        missed();
    }
}
