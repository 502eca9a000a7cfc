namespace Providers.Guard.Throttling;

/// <summary>What came of the attempt to book a call.</summary>
internal abstract record Booking
{
    private Booking()
    {
    }

    /// <summary>It may go after a wait.</summary>
    /// <param name="Call">The call in this process's book.</param>
    /// <param name="Since">When it was asked for: what went by since counts towards the wait's lateness.</param>
    /// <param name="Wait">Milliseconds.</param>
    internal sealed record Made(OwnCall Call, long Since, long Wait) : Booking;

    /// <summary>All slots are taken; one may come free any time.</summary>
    internal sealed record NoSlot : Booking;

    /// <summary>There is no room within the longest wait.</summary>
    internal sealed record Refused(ThrottleLimit Limit, long RetryAfter) : Booking;
}
