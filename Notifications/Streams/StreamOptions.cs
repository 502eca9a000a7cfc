using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Notifications.Streams;

/// <summary>Settings of event streams.</summary>
public sealed class StreamOptions
{
    /// <summary>Where the configuration has them.</summary>
    public const string SectionName = "Streams";

    /// <summary>After how much silence a comment is written, so that proxies keep the connection.</summary>
    /// <value>Default: 15 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a stream lasts, give or take a fifth; then it ends, and its client resumes on a new connection.</summary>
    /// <value>Default: 10 min.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Rotation { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>After how long a client that lost its stream comes back, give or take a half, so that not all come at once.</summary>
    /// <value>Default: 2 s.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan Retry { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How many clients a second are told to come back when the service stops.</summary>
    /// <value>Default: 1,000.</value>
    [Range(1, 1_000_000)]
    public int ReconnectsPerSecond { get; set; } = 1000;

    /// <summary>The most streams that one caller may have open; more are refused with 429.</summary>
    /// <value>Default: 100.</value>
    [Range(1, int.MaxValue)]
    public int MostPerCaller { get; set; } = 100;

    /// <summary>The most streams from one address; more are refused with 429.</summary>
    /// <value>Default: 1,000, for whole offices are behind one address.</value>
    [Range(1, int.MaxValue)]
    public int MostPerAddress { get; set; } = 1000;

    /// <summary>The most streams of this process; more are refused with 503.</summary>
    /// <value>Default: 20,000.</value>
    [Range(1, int.MaxValue)]
    public int Most { get; set; } = 20_000;
}

[OptionsValidator]
internal sealed partial class StreamOptionsValidator : IValidateOptions<StreamOptions>;
