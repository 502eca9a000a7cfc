using System.ComponentModel.DataAnnotations;
using Providers.Guard.Throttling;

namespace Providers;

/// <summary>The limits of one provider or model, which all processes together keep. Without any of them nothing is held back.</summary>
public sealed class ThrottleOptions
{
    /// <summary>
    /// Calls in any 60 seconds. A retry that goes through the throttle again is a call of its own. Default: none, calls are
    /// not counted.
    /// </summary>
    [Range(1, 1_000_000)]
    public int? RequestsPerMinute { get; set; }

    /// <summary>
    /// Tokens in any 60 seconds, read and written. Booked as estimated (<see cref="ProviderCall.EstimatedTokens"/>) and set right
    /// when the provider has said what it took; a call that is estimated at more than the limit runs when nothing else is in
    /// the window. Default: none, tokens are not counted.
    /// </summary>
    [Range(1, 100_000_000_000)]
    public long? TokensPerMinute { get; set; }

    /// <summary>Calls under way at the same time. A killed process's calls count for up to 30 seconds more. Default: none.</summary>
    [Range(1, 100_000)]
    public int? MaxConcurrent { get; set; }

    /// <summary>
    /// How long a call waits for room inside the worker; one that would have to wait longer is refused at once with
    /// <see cref="ThrottledException"/>, and the job's slot goes to another. 0 never waits. What a killed worker waited for with is lost for a
    /// window, so a long wait leaves more of the limit unused. Default: 1 second.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:30")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(1);

    internal bool HasLimits => RequestsPerMinute is not null || TokensPerMinute is not null || MaxConcurrent is not null;

    internal ThrottleTiming Timing { get; set; } = new();
}
