namespace Notifications.Streams;

/// <summary>Chance, so that many clients don't do the same at the same moment.</summary>
internal static class Jitter
{
#pragma warning disable CA5394 // It needs no secrecy.
    /// <returns>From 0 to 1.</returns>
    public static double Fraction() => Random.Shared.NextDouble();
#pragma warning restore CA5394

    /// <returns>A time that is shorter or longer by a part of it at most.</returns>
    public static TimeSpan Around(TimeSpan middle, double part) => middle * (1 - part + (2 * part * Fraction()));
}
