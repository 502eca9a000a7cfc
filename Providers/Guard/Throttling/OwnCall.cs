namespace Providers.Guard.Throttling;

/// <summary>A call that this process made or is about to make, and what the shared log has of it.</summary>
internal sealed class OwnCall(long number, long at, long tokens)
{
    /// <summary>Counts up in the order of booking.</summary>
    public long Number { get; } = number;

    /// <summary>When it goes out, by this process's clock.</summary>
    public long At { get; set; } = at;

    /// <summary>1, or 0 when nothing was sent.</summary>
    public int Requests { get; set; } = 1;

    public long Tokens { get; set; } = tokens;

    /// <summary>The log's slice that has it, while the log has any of it.</summary>
    public long Slice { get; set; }

    public int ToldRequests { get; set; }

    public long ToldTokens { get; set; }

    /// <summary>It is being told, and whether the log has it isn't known.</summary>
    public bool BeingTold { get; set; }

    public bool IsTold => ToldRequests == Requests && ToldTokens == Tokens;

    public void Forget() => (ToldRequests, ToldTokens, BeingTold) = (0, 0, false);
}
