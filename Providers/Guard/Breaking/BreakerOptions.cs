using System.ComponentModel.DataAnnotations;
using Providers.Guard.Breaking;

namespace Providers;

/// <summary>When a provider that fails is left alone, by all processes together.</summary>
public sealed class BreakerOptions : IValidatableObject
{
    /// <summary>The part of the calls that must fail within <see cref="Window"/> for the circuit to open. Default: 0.5.</summary>
    [Range(0.01, 1.0)]
    public double FailureRatio { get; set; } = 0.5;

    /// <summary>Calls of the fleet within <see cref="Window"/> below which nothing is judged. Default: 10.</summary>
    [Range(1, 1_000_000)]
    public int MinimumCalls { get; set; } = 10;

    /// <summary>Over which calls are counted. Default: 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long the provider is left alone before one call is let through. Each probe that fails doubles it, up to
    /// <see cref="LongestBreak"/>. Default: 15 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan Break { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest break. Must not be shorter than <see cref="Break"/>. Default: 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan LongestBreak { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Which exceptions say that the provider is unwell. Others count as answers: a refusal comes from a provider that works.
    /// Calls that the caller called off and those that the guard held back count as neither, and aren't asked about.
    /// Set in code. Default: all.
    /// </summary>
    public Func<Exception, bool> IsFailure { get; set; } = _ => true;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (LongestBreak < Break)
        {
            yield return new($"{nameof(LongestBreak)} ({LongestBreak}) must not be shorter than {nameof(Break)} ({Break}).", [nameof(LongestBreak)]);
        }
    }

    internal BreakerTiming Timing { get; set; } = new();
}
