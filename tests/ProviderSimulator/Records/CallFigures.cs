namespace ProviderSimulator.Records;

/// <summary>Counts of all calls, and by model.</summary>
/// <param name="All">Of all calls.</param>
/// <param name="Models">By model, up to 100 of them; the rest is together under <c>(other)</c>.</param>
public sealed record CallFigures(Figures All, IReadOnlyDictionary<string, Figures> Models);
