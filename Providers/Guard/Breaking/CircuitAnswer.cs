namespace Providers.Guard.Breaking;

/// <summary>What Redis answers to a step.</summary>
/// <param name="View">How the circuit is; null when Redis doesn't have it.</param>
/// <param name="IsProbe">The caller's call is the probe.</param>
internal sealed record CircuitAnswer(CircuitView? View, bool IsProbe);
