namespace AspireJobs.Client.Following;

/// <summary>Notices when a stream brings nothing for too long, over as many connections as it is tried on.</summary>
internal sealed class Silence : IDisposable
{
    private readonly Lock gate = new();
    private readonly TimeSpan limit;
    private readonly ITimer timer;
    private TaskCompletionSource changed = NewSignal();
    private bool isListening;

    public Silence(TimeSpan limit, TimeProvider time)
    {
        this.limit = limit;
        timer = time.CreateTimer(_ => FallSilent(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public bool IsSilent { get; private set; }

    /// <summary>Completes when <see cref="IsSilent"/> has changed after this was read.</summary>
    public Task Changed
    {
        get
        {
            lock (gate)
            {
                return changed.Task;
            }
        }
    }

    /// <summary>The stream is listened to. While nobody listens, because the follower is slow, its silence means nothing.</summary>
    public void Listen()
    {
        lock (gate)
        {
            if (!isListening)
            {
                isListening = true;
                timer.Change(limit, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>The stream brought something.</summary>
    public void Hear()
    {
        lock (gate)
        {
            isListening = false;
            timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Set(false);
        }
    }

    public void Dispose() => timer.Dispose();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void FallSilent()
    {
        lock (gate)
        {
            Set(isListening);
        }
    }

    private void Set(bool isSilent)
    {
        if (IsSilent != isSilent)
        {
            IsSilent = isSilent;
            changed.SetResult();
            changed = NewSignal();
        }
    }
}
