namespace Providers.Guard.Throttling;

/// <summary>What Redis answers to a call that is to be booked.</summary>
/// <param name="Status">One of the words of <c>Reserve.lua</c>.</param>
/// <param name="Wait">Milliseconds until the call may go, or come back.</param>
/// <param name="Slice">The slice that it is booked in.</param>
internal sealed record ReserveAnswer(string Status, long Wait, long Slice);
