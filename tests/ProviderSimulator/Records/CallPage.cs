namespace ProviderSimulator.Records;

/// <summary>Kept calls in the order of their arrival, and what is no longer there.</summary>
/// <param name="Dropped">How many calls since the last clearing are no longer kept.</param>
/// <param name="DroppedUntil">When the last of them arrived: the record is whole after that; null if nothing was dropped.</param>
/// <param name="Calls">Those that are kept.</param>
public sealed record CallPage(long Dropped, DateTimeOffset? DroppedUntil, IReadOnlyList<ProviderCall> Calls);
