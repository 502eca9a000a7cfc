using System.ComponentModel.DataAnnotations;

namespace ProviderSimulator.Scripts;

/// <summary>
/// Which calls something happens to. A rule sees the calls of its model and operation that arrive within its time;
/// <see cref="Next"/>, <see cref="Every"/> and <see cref="Fraction"/> choose among those it sees, and all that are set must agree.
/// The first rule of a list that chooses a call takes it, and the rules after it don't see that call.
/// </summary>
public abstract record Rule : IValidatableObject
{
    /// <summary>The model it is for; <c>gpt-*</c> means all whose name begins so. Defaults to <c>*</c>, all.</summary>
    [Required]
    public string Model { get; init; } = ModelPattern.All;

    /// <summary>The operation it is for. Defaults to all.</summary>
    public Operation? Operation { get; init; }

    /// <summary>Only the first so many calls that it sees. Defaults to all.</summary>
    [Range(1, int.MaxValue)]
    public int? Next { get; init; }

    /// <summary>Every so manieth call that it sees: 3 means the third, the sixth and so on. Defaults to each.</summary>
    [Range(1, int.MaxValue)]
    public int? Every { get; init; }

    /// <summary>This part of the calls that it sees, drawn with <see cref="Seed"/>, 0 to 1. Defaults to all.</summary>
    [Range(0.0, 1.0)]
    public double? Fraction { get; init; }

    /// <summary>What <see cref="Fraction"/> and jitter are drawn with: the same seed, the same draws. Defaults to 0.</summary>
    public int Seed { get; init; }

    /// <summary>Not before this time has passed since the script was set. Defaults to at once.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan? From { get; init; }

    /// <summary>No longer when this time has passed since the script was set. Defaults to without end.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "365.00:00:00")]
    public TimeSpan? To { get; init; }

    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (To <= (From ?? TimeSpan.Zero))
        {
            yield return new($"{nameof(To)}, {To}, is not after {nameof(From)}, {From ?? TimeSpan.Zero}.", [nameof(To)]);
        }
    }
}
