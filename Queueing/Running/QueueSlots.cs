namespace Queueing.Running;

/// <summary>One queue's share of a worker's slots.</summary>
internal sealed class QueueSlots(int concurrency, WorkerSlots worker) : IDisposable
{
    private readonly SemaphoreSlim own = new(concurrency);
    private Task? taking;

    /// <summary>Whether another queue waits for a slot that this one has.</summary>
    public bool OthersWait => worker.Waiting > (taking is { IsCompleted: false } ? 1 : 0);

    /// <summary>Completes when a slot is taken for the queue. Until <see cref="TakeAll"/> it stays the same task.</summary>
    public Task TakeAsync(CancellationToken cancellationToken) => taking ??= TakeOneAsync(cancellationToken);

    /// <returns>The slot of <see cref="TakeAsync"/>, if it has come, and whatever is free besides.</returns>
    public int TakeAll()
    {
        if (taking is not { IsCompletedSuccessfully: true })
        {
            return 0;
        }

        taking = null;
        var slots = 1;
        while (own.Wait(0, CancellationToken.None))
        {
            if (!worker.TryTake())
            {
                own.Release();
                break;
            }

            slots++;
        }

        return slots;
    }

    public void Release(int slots = 1)
    {
        if (slots > 0)
        {
            worker.Release(slots);
            own.Release(slots);
        }
    }

    private async Task TakeOneAsync(CancellationToken cancellationToken)
    {
        await own.WaitAsync(cancellationToken);
        try
        {
            await worker.TakeAsync(cancellationToken);
        }
        catch
        {
            own.Release();
            throw;
        }
    }

    public void Dispose() => own.Dispose();
}
