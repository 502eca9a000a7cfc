namespace ProviderSimulator.Scripts;

/// <summary>What the script has in store for one call.</summary>
internal sealed record Fate(TimeSpan Latency, TimeSpan FirstToken, TimeSpan PerToken, FaultRule? Fault)
{
    /// <summary>A whole answer at once.</summary>
    public static readonly Fate None = new(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, Fault: null);

    public bool Is(Fault fault) => Fault?.Fault == fault;

    /// <summary>How many pieces of a stream may go out.</summary>
    public int MostChunks => Is(Scripts.Fault.Cut) || Is(Scripts.Fault.Hang) ? Fault!.AfterChunks : int.MaxValue; // One of the two is a fault.
}
