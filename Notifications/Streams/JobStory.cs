using Queueing;

namespace Notifications.Streams;

/// <summary>
/// A job's events put together again: changes of state from the database, progress and the text of its last attempt from Redis.
/// Progress that is lost is left out, for the newest stands for it; text that is lost makes the story untellable.
/// </summary>
/// <param name="history">How the job stands, and its changes of state.</param>
/// <param name="kept">What Redis has of it.</param>
/// <param name="newestMayCome">Progress that Redis doesn't have is on its way, so it is left to come.</param>
internal sealed class JobStory(JobHistory history, KeptEvents kept, bool newestMayCome)
{
    private readonly JobStatus status = history.Status;
    private readonly KeptText? text = kept.Text?.Claim == history.Claim ? kept.Text : null;

    /// <summary>Where the text begins that is left of the last attempt's; null when there is none.</summary>
    public int? TextStart => text?.Start;

    /// <summary>Whether all is there of what the last attempt of a finished job wrote.</summary>
    public bool HasWholeText => status.TextLength is not { } length || (text is { Start: 0 } && text.End >= length);

    /// <returns>What happened after an id, in order; null when a piece of the text between is lost.</returns>
    public List<JobEvent>? TryTell(EventId position)
    {
        var told = new List<JobEvent>();
        foreach (var change in ChangesAfter(position.Seq))
        {
            // Text of attempts before the last isn't told: they came to nothing.
            var isOfLast = change.Seq > history.Claim;
            if (isOfLast && change.TextBefore is { } length && !TryTellText(length))
            {
                return null;
            }

            position = new(change.Seq, change.Name == JobEventName.Progress ? (isOfLast ? position.Offset : change.Offset) : 0);
            told.Add(change with { Offset = position.Offset });
        }

        return status.IsFinal || text is null || position.Seq < history.Claim || TryTellText(text.End) ? told : null;

        bool TryTellText(int end)
        {
            if (end <= position.Offset)
            {
                return true;
            }

            if (text is null || text.Start > position.Offset || text.End < end)
            {
                return false;
            }

            var piece = Deltas.Of(status, position, text.Text[(position.Offset - text.Start)..(end - text.Start)]);
            position = EventId.Of(piece);
            told.Add(piece);
            return true;
        }
    }

    private IEnumerable<JobEvent> ChangesAfter(long seq)
    {
        var changes = history.States.Concat(kept.Progress.Where(report => report.Seq <= status.Seq));
        if (!newestMayCome && status.Status == JobState.Active && status.Seq > history.Claim)
        {
            // Redis may not have had the newest.
            changes = changes.Append(StatusEvents.ProgressOf(status) with { TextBefore = text?.End });
        }

        return changes.Where(change => change.Seq > seq).DistinctBy(change => change.Seq).OrderBy(change => change.Seq);
    }
}
