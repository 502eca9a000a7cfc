using Polly;
using Providers.Guard.Spending;
using Queueing;

namespace Providers;

/// <summary>
/// What the guard has to know of one call, and what the client says of it. Whoever runs the pipeline puts it into the context;
/// the client at its end takes it from there.
/// </summary>
/// <param name="inputTokens">The tokens that the provider reads, at most; too many rather than too few.</param>
/// <param name="outputTokens">The tokens that it writes, at most.</param>
/// <param name="price">What they cost; null for nothing.</param>
/// <param name="job">The attempt that calls; null outside of jobs.</param>
public sealed class ProviderCall(long inputTokens, long outputTokens = 0, ModelPrice? price = null, JobContext? job = null)
{
    /// <summary>Under which it is in <see cref="ResilienceContext.Properties"/>.</summary>
    public static readonly ResiliencePropertyKey<ProviderCall> Key = new("provider.call");

    /// <summary>The tokens that the call is taken to need.</summary>
    public long EstimatedTokens => inputTokens + outputTokens;

    /// <summary>What the call is taken to cost.</summary>
    public decimal EstimatedCost => price?.CostOf(inputTokens, outputTokens) ?? 0;

    /// <summary>The attempt that calls; null outside of jobs.</summary>
    public JobContext? Job => job;

    /// <summary>The tokens that the provider says it read and wrote; null while nobody knows: the estimate stands.</summary>
    public (long Input, long Output)? UsedTokens { get; private set; }

    /// <summary>What that costs; null while nobody knows.</summary>
    public decimal? Cost => UsedTokens is var (input, output) ? price?.CostOf(input, output) ?? 0 : null;

    /// <summary>Set by a client that failed before anything went out: the provider didn't see the call, and it counts for nothing.</summary>
    public bool NothingSent { get; set; }

    /// <summary>Whether its answer comes in pieces, which may take longer than <see cref="GuardOptions.Timeout"/>.</summary>
    public bool IsStream { get; init; }

    /// <summary>Set when a piece of the answer has been handed on: from then on a failed call isn't made again.</summary>
    public bool HasBegun { get; set; }

    internal Spend? Spend { get; set; }

    /// <summary>Says what the call took.</summary>
    public void Use(long input, long output) => UsedTokens = (input, output);

    /// <summary>It is made again: what the call before took has been settled.</summary>
    internal void BeginAgain() => (UsedTokens, NothingSent) = (null, false);

    internal void Sent() => Spend?.Sent();
}
