namespace Providers.Guard.Throttling;

/// <summary>What Redis answers when it is told something.</summary>
/// <param name="LogId">The log that it has.</param>
/// <param name="Age">How old that is, in milliseconds.</param>
/// <param name="Applied">Whether the changes were meant for this log, and made.</param>
/// <param name="Uses">What the fleet did, by this process's clock, if that was asked for.</param>
internal sealed record TellAnswer(string LogId, long Age, bool Applied, FleetUse[]? Uses);
