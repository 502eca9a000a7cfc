namespace Providers;

/// <summary>A call to a provider would exceed a limit of the fleet, and there is no room for it soon. Nothing was sent.</summary>
public sealed class ThrottledException : Exception
{
    internal ThrottledException(ProviderKey provider, ThrottleLimit limit, TimeSpan retryAfter)
        : base($"The limit of {provider} is used up ({limit}). Try again in {retryAfter.TotalSeconds:0.#} s.") =>
        (Provider, Limit, RetryAfter) = (provider, limit, retryAfter);

    /// <summary>The provider.</summary>
    public ProviderKey Provider { get; }

    /// <summary>The limit that is used up.</summary>
    public ThrottleLimit Limit { get; }

    /// <summary>When there may be room. Callers that are refused together are told different times.</summary>
    public TimeSpan RetryAfter { get; }
}
