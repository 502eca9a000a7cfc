namespace Providers.Guard.Throttling;

/// <summary>What Redis answers to a call that is to be booked.</summary>
/// <param name="Status">One of the words of <c>Reserve.lua</c>.</param>
/// <param name="Wait">Milliseconds until the call may go, or come back.</param>
/// <param name="Slice">The slice that it is booked in.</param>
/// <param name="Requests">How many calls the log has then.</param>
/// <param name="Tokens">Their tokens.</param>
internal sealed record ReserveAnswer(string Status, long Wait, long Slice = 0, long Requests = 0, long Tokens = 0);
