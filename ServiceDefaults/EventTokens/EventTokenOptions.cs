using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace ServiceDefaults;

/// <summary>How links to event streams are signed. Every service has the same.</summary>
public sealed class EventTokenOptions
{
    /// <summary>Where the configuration has them.</summary>
    public const string SectionName = "EventTokens";

    /// <summary>The shortest key, in bytes.</summary>
    public const int ShortestKey = 32;

    /// <summary>
    /// Secrets of 32 bytes or more, in Base64. The first signs; all are accepted. To change keys, put the new one at the second place
    /// everywhere, then at the first, and take the old one out when its tokens have expired.
    /// </summary>
    /// <value>Default: none; then links have no token, and streams are opened by those who sign in.</value>
#pragma warning disable CA1819 // The configuration binder fills it.
    public string[] Keys { get; set; } = [];
#pragma warning restore CA1819

    /// <summary>How long a token opens its stream. A stream that is open then ends.</summary>
    /// <value>Default: 24 h.</value>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(24);

    internal static byte[]? Decode(string key) => SecretKey.Decode(key, ShortestKey);
}

[OptionsValidator]
internal sealed partial class EventTokenOptionsValidator : IValidateOptions<EventTokenOptions>;
