namespace Providers.Guard.Throttling;

/// <summary>What went to the provider at one time.</summary>
/// <param name="At">When, by this process's clock.</param>
/// <param name="Requests">Calls.</param>
/// <param name="Tokens">Their tokens.</param>
internal readonly record struct FleetUse(long At, long Requests, long Tokens);
