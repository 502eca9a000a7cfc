namespace Providers.Guard.Throttling;

/// <summary>What this process has to tell Redis.</summary>
/// <param name="LogId">The log that the changes are for.</param>
/// <param name="Changes">What the log lacks.</param>
/// <param name="Running">Leases of the calls under way.</param>
/// <param name="Ended">Leases of the calls that ended.</param>
/// <param name="LastNumber">The last call that was booked before.</param>
internal sealed record Telling(
    string? LogId, IReadOnlyList<LogChange> Changes, IReadOnlyList<string> Running, IReadOnlyList<string> Ended, long LastNumber);
