namespace Queueing.History.Tests.Proxies;

/// <summary>What goes wrong on the way between clients and the server; shared by a proxy's connections.</summary>
internal sealed class ProxyFaults
{
    private int answersToSwallow;
    private int requestsToHoldBack;
    private int answersSwallowed;
    private int requestsHeldBack;
    private TaskCompletionSource? partition;

    /// <summary>How long each piece takes.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>How long a request is held back.</summary>
    public TimeSpan Lateness { get; private set; }

    public int AnswersSwallowed => answersSwallowed;

    public int RequestsHeldBack => requestsHeldBack;

    /// <summary>Completes when bytes may pass.</summary>
    public Task Open => Volatile.Read(ref partition)?.Task ?? Task.CompletedTask;

    /// <summary>The next writes are done by the server, but their answers are lost and their connections cut.</summary>
    public void SwallowAnswers(int count) => Interlocked.Add(ref answersToSwallow, count);

    /// <summary>The next writes come to the server only after their client's connection is cut.</summary>
    public void HoldRequestsBack(int count, TimeSpan lateness)
    {
        Lateness = lateness;
        Interlocked.Add(ref requestsToHoldBack, count);
    }

    public void BeginPartition() => Volatile.Write(ref partition, new(TaskCreationOptions.RunContinuationsAsynchronously));

    public void EndPartition() => Interlocked.Exchange(ref partition, null)?.TrySetResult();

    public void Heal()
    {
        (answersToSwallow, requestsToHoldBack, Latency) = (0, 0, TimeSpan.Zero);
        EndPartition();
    }

    public bool TakesAnswer() => TryTake(ref answersToSwallow);

    public bool TakesRequest() => TryTake(ref requestsToHoldBack);

    public void CountSwallowed() => Interlocked.Increment(ref answersSwallowed);

    public void CountHeldBack() => Interlocked.Increment(ref requestsHeldBack);

    private static bool TryTake(ref int left)
    {
        while (Volatile.Read(ref left) is > 0 and var seen)
        {
            if (Interlocked.CompareExchange(ref left, seen - 1, seen) == seen)
            {
                return true;
            }
        }

        return false;
    }
}
