using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Providers;

/// <summary>The OCR program Tesseract, on this machine.</summary>
public sealed class TesseractOptions
{
    /// <summary>Where the configuration has them.</summary>
    public const string SectionName = "Providers:Tesseract";

    /// <summary>What the provider is called: the key of its client.</summary>
    public const string ProviderName = "tesseract";

    /// <summary>The program: a path, or a name on the PATH.</summary>
    /// <value>Default: tesseract.</value>
    [Required]
    public string Program { get; set; } = "tesseract";

    /// <summary>The languages of the text, as Tesseract calls them; several are put together with <c>+</c>. Each has a package of its own.</summary>
    /// <value>Default: eng.</value>
    [Required, RegularExpression("[A-Za-z0-9_]{1,40}(\\+[A-Za-z0-9_]{1,40}){0,7}")]
    public string Languages { get; set; } = "eng";

    /// <summary>The most memory that the program may ask for, in MiB, 256 to 65,536. An image that needs more fails.</summary>
    /// <value>Default: 2,048.</value>
    [Range(256, 65_536)]
    public int MostMemoryMiB { get; set; } = 2048;

    /// <summary>How long the program may take.</summary>
    /// <value>Default: 1 min.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);
}

[OptionsValidator]
internal sealed partial class TesseractOptionsValidator : IValidateOptions<TesseractOptions>;
