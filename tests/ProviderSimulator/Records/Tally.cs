namespace ProviderSimulator.Records;

/// <summary>Counts calls as they come and go. Not safe for concurrent use.</summary>
internal sealed class Tally(int inFlight)
{
    private readonly SlidingMinute minute = new();
    private readonly Dictionary<CallOutcome, long> byOutcome = [];
    private readonly Dictionary<int, long> byStatus = [];
    private long calls;
    private long promptTokens;
    private long completionTokens;
    private decimal cost;
    private Peaks peaks = new(0, 0, inFlight);

    public int InFlight { get; private set; } = inFlight;

    public void Begin(DateTimeOffset now, long tokens)
    {
        calls++;
        InFlight++;
        minute.Add(now, tokens);
        peaks = new(
            Math.Max(peaks.CallsPerMinute, minute.Calls),
            Math.Max(peaks.TokensPerMinute, minute.Tokens),
            Math.Max(peaks.Concurrency, InFlight));
    }

    public void End(ProviderCall call)
    {
        InFlight--;
        promptTokens += call.PromptTokens;
        completionTokens += call.CompletionTokens;
        cost += call.Cost;
        byOutcome[call.Outcome!.Value] = byOutcome.GetValueOrDefault(call.Outcome.Value) + 1; // A call that ended has one.
        if (call.Status is { } status)
        {
            byStatus[status] = byStatus.GetValueOrDefault(status) + 1;
        }
    }

    /// <summary>Ends a call that began before this tally did.</summary>
    public void Forget() => InFlight--;

    /// <summary>A new one; the calls that are open stay so.</summary>
    public Tally Restart() => new(InFlight);

    public Figures Read() => new()
    {
        Calls = calls,
        InFlight = InFlight,
        ByOutcome = new SortedDictionary<CallOutcome, long>(byOutcome),
        ByStatus = new SortedDictionary<int, long>(byStatus),
        PromptTokens = promptTokens,
        CompletionTokens = completionTokens,
        Cost = cost,
        Peaks = peaks,
    };
}
