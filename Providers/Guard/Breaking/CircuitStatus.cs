namespace Providers;

/// <summary>A circuit as <c>GET /api/circuit-breakers/status</c> shows it.</summary>
/// <param name="State">Whether the provider is called.</param>
/// <param name="Failures">Failed calls of the fleet in the window; of an open circuit those that opened it.</param>
/// <param name="OpenedAt">Since when it is open; null when it is closed.</param>
/// <param name="NextProbeAt">When one call will be let through; null when it is closed, or was opened by hand without an end.</param>
public sealed record CircuitStatus(CircuitState State, int Failures, DateTimeOffset? OpenedAt, DateTimeOffset? NextProbeAt);
