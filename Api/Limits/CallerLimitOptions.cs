using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Api.Limits;

/// <summary>How often a caller may ask, of one process of the API.</summary>
public sealed class CallerLimitOptions
{
    /// <summary>Where the configuration has them.</summary>
    public const string SectionName = "CallerLimits";

    /// <summary>How many requests of a caller are answered in a minute, once it has used up its burst.</summary>
    /// <value>Default: 30,000.</value>
    [Range(1, 1_000_000_000)]
    public int RequestsPerMinute { get; set; } = 30_000;

    /// <summary>How many requests a caller that was quiet may send at once.</summary>
    /// <value>Default: 5,000.</value>
    [Range(1, 1_000_000_000)]
    public int Burst { get; set; } = 5_000;

    /// <summary>The same for the public routes that cost money, beside the limit for all: see <see cref="CallerLimits.Anonymous"/>.</summary>
    /// <value>Default: 20.</value>
    [Range(1, 1_000_000_000)]
    public int AnonymousRequestsPerMinute { get; set; } = 20;

    /// <summary>How many requests a caller that was quiet may send at once to those.</summary>
    /// <value>Default: 10.</value>
    [Range(1, 1_000_000_000)]
    public int AnonymousBurst { get; set; } = 10;
}

[OptionsValidator]
internal sealed partial class CallerLimitOptionsValidator : IValidateOptions<CallerLimitOptions>;
