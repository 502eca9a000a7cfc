namespace AspireJobs.Client;

/// <summary>What a job used of an AI provider.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="Model">Its model.</param>
/// <param name="InputTokens">Tokens read.</param>
/// <param name="OutputTokens">Tokens written.</param>
/// <param name="Cost">In the currency that the server has its prices in.</param>
/// <param name="Why">Why it wasn't the provider and model that are asked first, for instance "openai: circuit-open"; null when it was.</param>
public sealed record JobUsage(string Provider, string Model, long InputTokens, long OutputTokens, decimal Cost, string? Why = null);
