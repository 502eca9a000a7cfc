namespace Providers;

/// <summary>A call would cost more than a limit leaves for today, or everything that costs is stopped. Nothing was sent.</summary>
public sealed class BudgetSpentException : Exception
{
    /// <summary>The scope of a stop, in place of a limit's.</summary>
    public const string Stop = "stop";

    internal BudgetSpentException(string scope, decimal? limit, TimeSpan retryAfter)
        : base(scope == Stop ? "Calls that cost are stopped." : "The budget for today is spent.") => (Scope, Limit, RetryAfter) = (scope, limit, retryAfter);

    /// <summary>The scope whose limit is reached: "fleet", "owner:…", "type:…", or <see cref="Stop"/>.</summary>
    public string Scope { get; }

    /// <summary>The limit; null for a stop.</summary>
    public decimal? Limit { get; }

    /// <summary>When to ask again. Somebody may raise the limit before.</summary>
    public TimeSpan RetryAfter { get; }
}
