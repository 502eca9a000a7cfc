using System.Text.Json.Serialization;

namespace Queueing.Events;

/// <summary>A <see cref="JobEvent"/> on its way out; its document is written when it goes. The job's id is written first.</summary>
internal sealed record PendingEvent(
    Guid JobId, string Owner, long Seq, string Name, object Data, string? TraceParent, int Offset = 0, int? TextBefore = null)
{
    /// <summary>The piece of text that it brings, if it does.</summary>
    [JsonIgnore]
    public TextPiece? Piece { get; init; }
}
