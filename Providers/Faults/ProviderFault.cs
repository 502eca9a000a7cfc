namespace Providers;

/// <summary>What went wrong with a call of a provider.</summary>
/// <param name="Word">One of <see cref="FaultWords"/>.</param>
public sealed record ProviderFault(string Word)
{
    /// <summary>The longest wait that is believed: 1 day.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>Whether the same call may succeed later; if not, it is permanent.</summary>
    public bool IsTransient => Word is FaultWords.RateLimited or FaultWords.Timeout or FaultWords.ConnectionLost
        or FaultWords.Conflict or FaultWords.ServerError or FaultWords.BadAnswer;

    /// <summary>How long the provider asks to wait, 0 to <see cref="LongestWait"/>; null if it doesn't say, and for what is permanent.</summary>
    public TimeSpan? RetryAfter
    {
        get;
        init => field = !IsTransient || value is not { } wait ? null : TimeSpan.FromTicks(Math.Clamp(wait.Ticks, 0, LongestWait.Ticks));
    }

    /// <summary>Whether something may have been sent and has to be paid for; false only where that is known.</summary>
    public bool MayHaveCost { get; init; }

    /// <summary>What an operator can do about it, in words that end the message; null for nothing in particular. It says nothing of the call.</summary>
    public string? Remedy { get; init; }

    /// <summary>The HTTP status; null if there was none.</summary>
    public int? Status { get; init; }
}
