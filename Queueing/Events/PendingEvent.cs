namespace Queueing.Events;

/// <summary>A <see cref="JobEvent"/> on its way out; its document is written when it goes. The job's id is written first.</summary>
internal readonly record struct PendingEvent(Guid JobId, string Owner, long Seq, int Piece, string Name, object Data, string? TraceParent);
