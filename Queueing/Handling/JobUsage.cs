namespace Queueing;

/// <summary>What a job used of a provider.</summary>
/// <param name="Provider">Who did the work, for instance "local".</param>
/// <param name="Model">The model's name.</param>
/// <param name="InputTokens">Tokens read, as the provider counts them.</param>
/// <param name="OutputTokens">Tokens written, as the provider counts them.</param>
/// <param name="Cost">In the currency that the provider's prices are configured in.</param>
public sealed record JobUsage(string Provider, string Model, long InputTokens, long OutputTokens, decimal Cost);
