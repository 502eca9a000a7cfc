using System.Text.Json;

namespace Queueing;

/// <summary>Something that happened to a job, as its clients are told it.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Owner">Whose job it is.</param>
/// <param name="Seq">Rises by one with each change of a job; pieces of text have the one of the change before them.</param>
/// <param name="Name">One of <see cref="JobEventName"/>.</param>
/// <param name="Data">The event's document.</param>
/// <param name="TraceParent">The span that caused it (W3C), or null.</param>
/// <param name="Piece">Of a piece of text its number since that change, from 1; else 0.</param>
public sealed record JobEvent(Guid JobId, string Owner, long Seq, string Name, JsonElement Data, string? TraceParent, int Piece = 0)
{
    /// <summary>Whether no event of the job follows this one.</summary>
    public bool IsFinal => JobState.IsFinal(Name);
}
