using Microsoft.Extensions.Options;

namespace ProviderSimulator.Scripts;

/// <summary>How the simulator behaves. An empty one, the default, behaves well and answers at once.</summary>
public sealed record Script
{
    /// <summary>How long calls take. The first rule that chooses a call decides.</summary>
    [ValidateEnumeratedItems]
    public IReadOnlyList<PaceRule> Pace { get; init; } = [];

    /// <summary>What goes wrong with them. The first rule that chooses a call decides.</summary>
    [ValidateEnumeratedItems]
    public IReadOnlyList<FaultRule> Faults { get; init; } = [];
}
