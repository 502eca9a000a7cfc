namespace Providers.Guard.Breaking;

/// <summary>A call that was let through.</summary>
/// <param name="Version">The circuit's version then: what comes of the call says nothing of a later one.</param>
/// <param name="Probe">The id of the probe, if the call is one.</param>
internal readonly record struct BreakerEntry(long Version, string? Probe);
