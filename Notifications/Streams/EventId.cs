using System.Globalization;
using Queueing;

namespace Notifications.Streams;

/// <summary>
/// The id of an event in one job's stream, as clients send it back: the seq of the change, "7", and for a piece of text its
/// number since that change, "7.3".
/// </summary>
internal readonly record struct EventId(long Seq, int Piece = 0) : IComparable<EventId>
{
    public static EventId Of(JobEvent jobEvent) => new(jobEvent.Seq, jobEvent.Piece);

    /// <summary>The id that stands directly before this one, as far as the numbers tell.</summary>
    public EventId Before => Piece > 0 ? this with { Piece = Piece - 1 } : new(Seq - 1);

    public static bool operator <(EventId left, EventId right) => left.CompareTo(right) < 0;

    public static bool operator >(EventId left, EventId right) => left.CompareTo(right) > 0;

    public static bool operator <=(EventId left, EventId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(EventId left, EventId right) => left.CompareTo(right) >= 0;

    public static bool TryParse(string text, out EventId id)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var piece = 0;
        var isId = long.TryParse(dot < 0 ? text : text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            && (dot < 0 || (int.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out piece) && piece > 0));
        id = new(seq, piece);
        return isId;
    }

    /// <summary>Whether nothing is missing between the two: the next piece, or the next change after any piece.</summary>
    // How many pieces there were before a change isn't known, so the loss of the last of them doesn't show.
    public bool IsFollowedBy(EventId next) => next == this with { Piece = Piece + 1 } || next == new EventId(Seq + 1);

    public int CompareTo(EventId other) => (Seq, Piece).CompareTo((other.Seq, other.Piece));

    public override string ToString() =>
        Piece == 0 ? Seq.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{Seq}.{Piece}");
}
