using Providers.Guard.Throttling;

namespace Providers;

/// <summary>The right to make one call now. Disposed when the call has ended: its slot is free then, and its tokens are settled.</summary>
public sealed class ThrottleLease : IDisposable
{
    private readonly Action<ThrottleLease> end;
    private int isEnded;

    internal ThrottleLease(string id, OwnCall call, long began, TimeSpan waited, Action<ThrottleLease> end) =>
        (Id, Call, Began, Waited, this.end) = (id, call, began, waited, end);

    /// <summary>How long the call was held back.</summary>
    public TimeSpan Waited { get; }

    /// <summary>The tokens that the call took; null leaves the estimate.</summary>
    public long? UsedTokens { get; set; }

    /// <summary>The provider didn't see the call: request and tokens are given back.</summary>
    public bool NothingSent { get; set; }

    internal string Id { get; }

    internal OwnCall Call { get; }

    internal long Began { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref isEnded, 1) == 0)
        {
            end(this);
        }
    }
}
