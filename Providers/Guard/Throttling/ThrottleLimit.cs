namespace Providers;

/// <summary>The limits of a provider.</summary>
public enum ThrottleLimit
{
    /// <summary><see cref="ThrottleOptions.RequestsPerMinute"/>.</summary>
    Requests,

    /// <summary><see cref="ThrottleOptions.TokensPerMinute"/>.</summary>
    Tokens,

    /// <summary><see cref="ThrottleOptions.MaxConcurrent"/>.</summary>
    Concurrency,
}
