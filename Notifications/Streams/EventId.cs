using System.Globalization;
using Queueing;

namespace Notifications.Streams;

/// <summary>
/// The id of an event in one job's stream, as clients send it back: the seq of the change, "7", and where its attempt has written
/// text, how long that was with the event, "7.250".
/// </summary>
internal readonly record struct EventId(long Seq, int Offset = 0) : IComparable<EventId>
{
    public static EventId Of(JobEvent jobEvent) => new(jobEvent.Seq, jobEvent.Offset);

    /// <returns>The id of one who has all that comes before an event, as far as the event says it.</returns>
    /// <param name="jobEvent">The event.</param>
    /// <param name="firstSeq">The seq of the first of the changes that it stands for.</param>
    public static EventId Before(JobEvent jobEvent, long firstSeq) =>
        new(jobEvent.Name == JobEventName.Delta ? jobEvent.Seq : firstSeq - 1, jobEvent.TextBefore ?? 0);

    public static bool operator <(EventId left, EventId right) => left.CompareTo(right) < 0;

    public static bool operator >(EventId left, EventId right) => left.CompareTo(right) > 0;

    public static bool operator <=(EventId left, EventId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(EventId left, EventId right) => left.CompareTo(right) >= 0;

    public static bool TryParse(string text, out EventId id)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var offset = 0;
        var isId = long.TryParse(dot < 0 ? text : text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            && (dot < 0 || (int.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out offset) && offset > 0));
        id = new(seq, offset);
        return isId;
    }

    /// <summary>Whether nothing is missing between this id and an event: it is the next piece of the text, or the next change.</summary>
    /// <param name="next">The event.</param>
    /// <param name="firstSeq">The seq of the first of the changes that the event stands for.</param>
    public bool IsFollowedBy(JobEvent next, long firstSeq) => next.Name == JobEventName.Delta
        ? next.Seq == Seq && next.TextBefore == Offset
        : firstSeq == Seq + 1 && (next.TextBefore is not { } before || before == Offset);

    public int CompareTo(EventId other) => (Seq, Offset).CompareTo((other.Seq, other.Offset));

    public override string ToString() =>
        Offset == 0 ? Seq.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{Seq}.{Offset}");
}
