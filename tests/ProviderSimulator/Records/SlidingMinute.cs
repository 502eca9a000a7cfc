namespace ProviderSimulator.Records;

/// <summary>
/// The calls and tokens of the last 60 seconds, to the tick: a call that is 60 seconds old is out of it. Times must not go
/// backwards. Not safe for concurrent use.
/// </summary>
internal sealed class SlidingMinute
{
    public static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

    private readonly Queue<(DateTimeOffset At, long Tokens)> calls = new();

    private DateTimeOffset newest;

    public int Calls => calls.Count;

    public long Tokens { get; private set; }

    /// <summary>Forgets what is out of the minute that ends now.</summary>
    public void MoveTo(DateTimeOffset now)
    {
        while (calls.TryPeek(out var oldest) && now - oldest.At >= Length)
        {
            Tokens -= calls.Dequeue().Tokens;
        }
    }

    public void Add(DateTimeOffset now, long tokens)
    {
        MoveTo(now);
        calls.Enqueue((now, tokens));
        Tokens += tokens;
        newest = now;
    }

    /// <summary>How long it takes from now until at most so many calls, and so many tokens, are left; null if nothing has to go.</summary>
    public TimeSpan? UntilAtMost(long mostCalls, long mostTokens, DateTimeOffset now)
    {
        var (left, tokens) = (calls.Count, Tokens);
        TimeSpan? wait = null;
        foreach (var call in calls)
        {
            if (left <= mostCalls && tokens <= mostTokens)
            {
                break;
            }

            left--;
            tokens -= call.Tokens;
            wait = call.At + Length - now;
        }

        return wait;
    }

    /// <summary>How long it takes from now until nothing is left.</summary>
    public TimeSpan UntilEmpty(DateTimeOffset now) => calls.Count > 0 ? newest + Length - now : TimeSpan.Zero;
}
