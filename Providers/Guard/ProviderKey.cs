namespace Providers;

/// <summary>What limits and circuits are kept for: a provider, or one of its models.</summary>
/// <param name="Provider">The provider's name in the configuration.</param>
/// <param name="Model">The model, where each has its own limits.</param>
public sealed record ProviderKey(string Provider, string? Model = null)
{
    /// <returns><c>openai</c>, or <c>openai/gpt-4o</c>.</returns>
    public override string ToString() => Model is null ? Provider : $"{Provider}/{Model}";
}
