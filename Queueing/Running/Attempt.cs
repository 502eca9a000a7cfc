using Queueing.Store;

namespace Queueing.Running;

/// <summary>A job in this process's hands, from its claim to its recorded outcome.</summary>
internal sealed class Attempt(ClaimedJob job) : IDisposable
{
    private readonly Lock gate = new();
    private readonly List<Func<JobTransaction, CancellationToken, Task>> writes = [];
    private CancellationTokenSource? work;

    public ClaimedJob Job => job;

    /// <summary>Why it must end before its handler says so.</summary>
    public Interruption Interruption { get; private set; }

    /// <summary>How long the text is that its handler wrote, in UTF-16 code units; null for none.</summary>
    public int? TextLength { get; set; }

    /// <summary>What its providers did for it; null for nothing.</summary>
    public JobUsage? Usage { get; private set; }

    /// <summary>Starts the time that the attempt may take.</summary>
    /// <returns>The handler's token: cancelled at the timeout, or when the attempt is interrupted.</returns>
    public CancellationToken Begin(TimeSpan timeout, TimeProvider time)
    {
        lock (gate)
        {
            work = new(timeout, time);
            if (Interruption != Interruption.None)
            {
                work.Cancel();
            }

            return work.Token;
        }
    }

    /// <summary>Cancels the handler's token. The first reason stays, but a lost lease overrules any other.</summary>
    public void Interrupt(Interruption reason)
    {
        CancellationTokenSource? interrupted;
        lock (gate)
        {
            if (Interruption == Interruption.None || reason == Interruption.LeaseLost)
            {
                Interruption = reason;
            }

            interrupted = work;
        }

        try
        {
            // Not under the lock: what a handler registered on its token runs here.
            interrupted?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended meanwhile.
        }
    }

    public void AddUsage(JobUsage usage)
    {
        lock (gate)
        {
            Usage = JobUsage.Sum(Usage, usage);
        }
    }

    /// <summary>Adds to what is written with the attempt's end.</summary>
    public void OnRecord(Func<JobTransaction, CancellationToken, Task> write)
    {
        lock (gate)
        {
            writes.Add(write);
        }
    }

    /// <summary>Writes with the attempt's end nothing but what its outcome brings.</summary>
    public void ForgetWrites()
    {
        lock (gate)
        {
            writes.Clear();
        }
    }

    /// <returns>What is written with the attempt's end, and then with its outcome; null for nothing.</returns>
    public Func<JobTransaction, CancellationToken, Task>? WritesAnd(Func<JobTransaction, CancellationToken, Task>? outcomes)
    {
        lock (gate)
        {
            return writes is [] ? outcomes : WriteAllAsync([.. writes], outcomes);
        }
    }

    public void Dispose() => work?.Dispose();

    private static Func<JobTransaction, CancellationToken, Task> WriteAllAsync(
        Func<JobTransaction, CancellationToken, Task>[] writes, Func<JobTransaction, CancellationToken, Task>? outcomes) =>
        async (transaction, cancellationToken) =>
        {
            foreach (var write in writes)
            {
                await write(transaction, cancellationToken);
            }

            if (outcomes is not null)
            {
                await outcomes(transaction, cancellationToken);
            }
        };
}
