namespace ProviderSimulator.Records;

/// <summary>Counts of the calls since the record was last cleared, of all models or of one.</summary>
public sealed record Figures
{
    /// <summary>Those that arrived.</summary>
    public required long Calls { get; init; }

    /// <summary>Those that are open now.</summary>
    public required int InFlight { get; init; }

    /// <summary>Those that ended, by how.</summary>
    public required IReadOnlyDictionary<CallOutcome, long> ByOutcome { get; init; }

    /// <summary>Those that ended with an answer, by its status.</summary>
    public required IReadOnlyDictionary<int, long> ByStatus { get; init; }

    /// <summary>Read, by the calls that ended.</summary>
    public required long PromptTokens { get; init; }

    /// <summary>Written, by the calls that ended.</summary>
    public required long CompletionTokens { get; init; }

    /// <summary>What they cost, unrounded.</summary>
    public required decimal Cost { get; init; }

    /// <summary>What a bill would say: <see cref="Cost"/> to the cent.</summary>
    public decimal Charged => Math.Round(Cost, 2, MidpointRounding.AwayFromZero);

    public required Peaks Peaks { get; init; }
}
