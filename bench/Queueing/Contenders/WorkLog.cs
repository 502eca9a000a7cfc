using System.Collections.Concurrent;
using System.Diagnostics;

namespace Bench.Queueing.Contenders;

/// <summary>What a worker's handlers did: the work itself is nothing.</summary>
internal sealed class WorkLog
{
    private readonly ConcurrentQueue<double> latencies = new();
    private int handled;
    private long began;

    /// <summary>Jobs before the first that counts.</summary>
    public int WarmUp { get; set; }

    public int Handled => Volatile.Read(ref handled);

    public IReadOnlyCollection<double> Latencies => latencies;

    /// <summary>Since the first job that counts started; zero before.</summary>
    public TimeSpan Elapsed => Volatile.Read(ref began) is > 0 and var start ? Stopwatch.GetElapsedTime(start) : TimeSpan.Zero;

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        Volatile.Write(ref began, 0);
        Volatile.Write(ref handled, 0);
        latencies.Clear();
    }

    public void Handle(Payload payload)
    {
        if (payload.SentAt > 0)
        {
            latencies.Enqueue((Payload.Now - payload.SentAt) / 1000.0);
        }

        if (Interlocked.Increment(ref handled) == WarmUp + 1)
        {
            Volatile.Write(ref began, Stopwatch.GetTimestamp());
        }
    }
}
