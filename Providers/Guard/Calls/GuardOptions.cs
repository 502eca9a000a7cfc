using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Providers;

/// <summary>What holds for the calls of one provider, in the whole fleet: the section <c>Guard:{provider}</c>, for instance <c>Guard:openai</c>.</summary>
public sealed class GuardOptions : IValidatableObject
{
    /// <summary>Where the configuration has them, one section a provider.</summary>
    public const string SectionName = "Guard";

    /// <summary>In <see cref="Prices"/>: all models that aren't named there.</summary>
    public const string AnyModel = "*";

    /// <summary>The limits of all its models together, but for those that have their own in <see cref="Models"/>. Default: none.</summary>
    /// <remarks>
    /// The environment names <c>OPENAI_RATE_LIMIT_RPM</c>, <c>OPENAI_RATE_LIMIT_TPM</c> and <c>OPENAI_MAX_CONCURRENT</c> set what the section
    /// doesn't, with the provider's name in place of OPENAI.
    /// </remarks>
    [ValidateObjectMembers]
    public ThrottleOptions Throttle { get; set; } = new();

    /// <summary>When it is left alone.</summary>
    [ValidateObjectMembers]
    public BreakerOptions Breaker { get; set; } = new();

    /// <summary>What is tried again at once.</summary>
    [ValidateObjectMembers]
    public RetryOptions Retry { get; set; } = new();

    /// <summary>
    /// How long a call may take that is answered in one piece; of a stream only the silence between its pieces is limited, by the
    /// provider's own setting. Should be shorter than the job's timeout, or the breaker never hears of a provider that hangs.
    /// </summary>
    /// <value>Default: 100 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// The most tokens that the answer to a chat may have that doesn't say so itself: asked of the provider, and what is booked and
    /// reserved before the call.
    /// </summary>
    /// <value>Default: 4,096.</value>
    [Range(1, 1_000_000)]
    public int MaxOutputTokens { get; set; } = 4096;

    /// <summary>What its models cost, by name; <c>*</c> for all others. A model without a price costs nothing, which is logged as a warning.</summary>
    public IDictionary<string, ModelPrice> Prices { get; } = new Dictionary<string, ModelPrice>(StringComparer.Ordinal);

    /// <summary>The model that is asked instead of another while the fleet's, or the job type's, soft limit is exceeded. Default: none.</summary>
    public string? CheaperModel { get; set; }

    /// <summary>The models that have limits and a breaker of their own, by name.</summary>
    public IDictionary<string, ModelGuardOptions> Models { get; } = new Dictionary<string, ModelGuardOptions>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (model, price) in Prices)
        {
            if (price.InputPerMillion < 0 || price.OutputPerMillion < 0 || price.PerCall < 0)
            {
                yield return new($"{nameof(Prices)}:{model} must not be below 0.", [nameof(Prices)]);
            }
        }

        foreach (var (model, own) in Models)
        {
            var results = new List<ValidationResult>();
            foreach (var part in new object[] { own.Throttle, own.Breaker })
            {
                Validator.TryValidateObject(part, new(part), results, validateAllProperties: true);
            }

            foreach (var result in results)
            {
                yield return new($"{nameof(Models)}:{model}: {result.ErrorMessage}", [nameof(Models)]);
            }
        }
    }
}

/// <summary>What a model has of its own, instead of sharing it with the provider's others.</summary>
public sealed class ModelGuardOptions
{
    /// <summary>Its limits.</summary>
    public ThrottleOptions Throttle { get; set; } = new();

    /// <summary>When it is left alone.</summary>
    public BreakerOptions Breaker { get; set; } = new();
}

[OptionsValidator]
internal sealed partial class GuardOptionsValidator : IValidateOptions<GuardOptions>;
