using Queueing;

namespace Notifications.Streams;

/// <summary>An event on its way to a client.</summary>
/// <param name="Event">The event, or the newest of several that were put together.</param>
/// <param name="FirstSeq">The seq of the first change that it stands for.</param>
/// <param name="Id">The id that the client is given, where it isn't the event's own.</param>
internal readonly record struct Heard(JobEvent Event, long FirstSeq, string? Id = null)
{
    public Heard(JobEvent jobEvent, string? id = null)
        : this(jobEvent, jobEvent.Seq, id)
    {
    }

    /// <summary>The id as the client is given it.</summary>
    public string ToldId => Id ?? EventId.Of(Event).ToString();

    /// <returns>Both as one: newer progress stands for older, and pieces of a text are one piece; null for what must be told apart.</returns>
    public Heard? With(Heard next)
    {
        var (first, second) = (Event, next.Event);
        if (first.JobId != second.JobId || first.Name != second.Name || second.TextBefore != first.Offset)
        {
            return null;
        }

        return first.Name switch
        {
            JobEventName.Progress when next.FirstSeq == first.Seq + 1 => next with { FirstSeq = FirstSeq },
            JobEventName.Delta when second.Seq == first.Seq => next with { Event = Deltas.Join(first, second), FirstSeq = FirstSeq },
            _ => null,
        };
    }
}
