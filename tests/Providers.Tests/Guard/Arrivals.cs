namespace Providers.Tests.Guard;

/// <summary>What a provider sees: when calls come, and how large they are.</summary>
internal sealed class Arrivals
{
    private readonly Lock gate = new();
    private readonly List<(TimeSpan At, long Tokens)> calls = [];

    public int Count
    {
        get
        {
            lock (gate)
            {
                return calls.Count;
            }
        }
    }

    public void Add(TimeSpan at, long tokens = 0)
    {
        lock (gate)
        {
            calls.Add((at, tokens));
        }
    }

    /// <returns>The most calls and the most tokens in any window of that length.</returns>
    public (int Calls, long Tokens) MostIn(TimeSpan window)
    {
        calls.Sort();
        var (most, mostTokens, tokens, first) = (0, 0L, 0L, 0);
        for (var last = 0; last < calls.Count; last++)
        {
            tokens += calls[last].Tokens;
            for (; calls[last].At - calls[first].At >= window; first++)
            {
                tokens -= calls[first].Tokens;
            }

            (most, mostTokens) = (Math.Max(most, last - first + 1), Math.Max(mostTokens, tokens));
        }

        return (most, mostTokens);
    }
}
