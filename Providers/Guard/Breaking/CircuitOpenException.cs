namespace Providers;

/// <summary>A provider has failed too often, and is left alone for a while. Nothing was sent.</summary>
public sealed class CircuitOpenException : Exception
{
    internal CircuitOpenException(ProviderKey provider, TimeSpan retryAfter, DateTimeOffset? nextProbeAt)
        : base($"{provider} has failed too often and is left alone. Try again in {retryAfter.TotalSeconds:0.#} s.") =>
        (Provider, RetryAfter, NextProbeAt) = (provider, retryAfter, nextProbeAt);

    /// <summary>The provider.</summary>
    public ProviderKey Provider { get; }

    /// <summary>When to come back.</summary>
    public TimeSpan RetryAfter { get; }

    /// <summary>When the provider is tried again; null when somebody opened the circuit by hand, without an end.</summary>
    public DateTimeOffset? NextProbeAt { get; }
}
