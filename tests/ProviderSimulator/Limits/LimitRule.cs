using System.ComponentModel.DataAnnotations;
using ProviderSimulator.Scripts;

namespace ProviderSimulator.Limits;

/// <summary>
/// What the provider allows within any 60 seconds; a call above it is answered 429. All calls that fit the rule count together,
/// and a call has to fit all rules of its model. Calls that are refused, for whatever reason, count towards nothing.
/// A call's tokens, read and written, count in full from its arrival.
/// </summary>
public sealed record LimitRule : IValidatableObject
{
    /// <summary>The model it is for; <c>gpt-*</c> means all whose name begins so, together. Defaults to <c>*</c>, all.</summary>
    [Required]
    public string Model { get; init; } = ModelPattern.All;

    /// <summary>Calls within 60 seconds. Defaults to no limit.</summary>
    [Range(1, int.MaxValue)]
    public int? RequestsPerMinute { get; init; }

    /// <summary>Tokens within 60 seconds. Defaults to no limit.</summary>
    [Range(1, long.MaxValue)]
    public long? TokensPerMinute { get; init; }

    /// <summary>How <c>Retry-After</c> is written. Defaults to seconds.</summary>
    public RetryAfterForm RetryAfterForm { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RequestsPerMinute is null && TokensPerMinute is null)
        {
            yield return new(
                $"A limit has {nameof(RequestsPerMinute)}, {nameof(TokensPerMinute)} or both.",
                [nameof(RequestsPerMinute), nameof(TokensPerMinute)]);
        }
    }
}
