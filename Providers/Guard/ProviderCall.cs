using Polly;

namespace Providers;

/// <summary>
/// What the guard has to know of one call, and what the client says of it. Whoever runs the pipeline puts it into the context;
/// the client at its end takes it from there.
/// </summary>
/// <param name="estimatedTokens">The tokens that the call is taken to need, before it is made; too many rather than too few.</param>
public sealed class ProviderCall(long estimatedTokens)
{
    /// <summary>Under which it is in <see cref="ResilienceContext.Properties"/>.</summary>
    public static readonly ResiliencePropertyKey<ProviderCall> Key = new("provider.call");

    /// <summary>The tokens that the call is taken to need.</summary>
    public long EstimatedTokens { get; } = estimatedTokens;

    /// <summary>The tokens that the provider says it took; null while nobody knows: the estimate stands.</summary>
    public long? UsedTokens { get; set; }

    /// <summary>Set by a client that failed before anything went out: the provider didn't see the call, and it counts for nothing.</summary>
    public bool NothingSent { get; set; }

    internal void Begin() => (UsedTokens, NothingSent) = (null, false);
}
