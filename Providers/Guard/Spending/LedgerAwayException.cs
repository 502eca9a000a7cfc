namespace Providers;

/// <summary>Whether there is money for a call can't be said: the database is away. Nothing was sent.</summary>
public sealed class LedgerAwayException : Exception
{
    internal LedgerAwayException(Exception reason)
        : base("The ledger of what calls cost can't be reached.", reason)
    {
    }

    /// <summary>When to ask again.</summary>
    public TimeSpan RetryAfter { get; } = TimeSpan.FromSeconds(5);
}
