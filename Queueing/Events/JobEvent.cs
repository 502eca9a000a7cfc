using System.Text.Json;

namespace Queueing;

/// <summary>Something that happened to a job, as its clients are told it.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Owner">Whose job it is.</param>
/// <param name="Seq">Rises by one with each change of a job; pieces of text have the one of the change before them.</param>
/// <param name="Name">One of <see cref="JobEventName"/>.</param>
/// <param name="Data">The event's document.</param>
/// <param name="TraceParent">The span that caused it (W3C), or null.</param>
/// <param name="Offset">
/// Of a piece of text, and of progress, how long the attempt's text is with it, in UTF-16 code units; of any other event 0. With
/// the seq it makes the event's id.
/// </param>
/// <param name="TextBefore">How long the attempt's text is before the event: who has less of it has missed a piece. Null when it doesn't matter or isn't known.</param>
public sealed record JobEvent(
    Guid JobId, string Owner, long Seq, string Name, JsonElement Data, string? TraceParent, int Offset = 0, int? TextBefore = null)
{
    /// <summary>Whether no event of the job follows this one.</summary>
    public bool IsFinal => JobState.IsFinal(Name);
}
