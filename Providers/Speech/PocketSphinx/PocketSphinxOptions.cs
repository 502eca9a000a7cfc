using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Providers;

/// <summary>The speech recogniser PocketSphinx, on this machine, with a model of American English.</summary>
public sealed class PocketSphinxOptions
{
    /// <summary>Where the configuration has them.</summary>
    public const string SectionName = "Providers:PocketSphinx";

    /// <summary>What the provider is called: the key of its client.</summary>
    public const string ProviderName = "pocketsphinx";

    /// <summary>The program that decodes files, of version 0.8 (5prealpha): a path, or a name on the PATH.</summary>
    /// <value>Default: pocketsphinx_batch.</value>
    [Required]
    public string Program { get; set; } = "pocketsphinx_batch";

    /// <summary>The folder with <c>en-us/</c>, <c>cmudict-en-us.dict</c> and <c>en-us-phone.lm.bin</c>.</summary>
    /// <value>Default: /usr/share/pocketsphinx/model/en-us.</value>
    [Required]
    public string Model { get; set; } = "/usr/share/pocketsphinx/model/en-us";

    /// <summary>The most memory that the program may ask for, in MiB, 256 to 65,536.</summary>
    /// <value>Default: 1,024.</value>
    [Range(256, 65_536)]
    public int MostMemoryMiB { get; set; } = 1024;

    /// <summary>How long a call may take, in which the program runs twice.</summary>
    /// <value>Default: 2 min.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);
}

[OptionsValidator]
internal sealed partial class PocketSphinxOptionsValidator : IValidateOptions<PocketSphinxOptions>;
