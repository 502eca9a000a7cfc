namespace Queueing.Running;

/// <summary>The places for running jobs of one worker process, shared by its queues: first come, first served.</summary>
internal sealed class WorkerSlots(int concurrency) : IDisposable
{
    private readonly SemaphoreSlim free = new(concurrency);
    private int waiting;

    /// <summary>How many queues wait for a slot.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    public bool TryTake() => Waiting == 0 && free.Wait(0, CancellationToken.None);

    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        if (free.Wait(0, CancellationToken.None))
        {
            return;
        }

        Interlocked.Increment(ref waiting);
        try
        {
            await free.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    public void Release(int slots = 1) => free.Release(slots);

    public void Dispose() => free.Dispose();
}
