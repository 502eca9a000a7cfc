using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Features.Documents.Reading;

/// <summary>What reading a PDF may take. PDFs come from anybody, and each is read by a program of its own, which ends where it takes more.</summary>
public sealed class PdfReadingOptions
{
    /// <summary>Where the configuration has them.</summary>
    public const string SectionName = "Documents:Reading";

    /// <summary>The most pages.</summary>
    /// <value>Default: 5,000.</value>
    [Range(1, 100_000)]
    public int MostPages { get; set; } = 5_000;

    /// <summary>The most characters of text, of all pages.</summary>
    /// <value>Default: 10,000,000.</value>
    [Range(1_000, 100_000_000)]
    public int MostCharacters { get; set; } = 10_000_000;

    /// <summary>The most memory that the program may have for its objects, in MiB.</summary>
    /// <value>Default: 512.</value>
    [Range(64, 16_384)]
    public int MostMemoryMiB { get; set; } = 512;

    /// <summary>How long the reading may take.</summary>
    /// <value>Default: 2 min. More than the job's timeout doesn't help.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The worker's executable or its .dll, which is started with the argument <c>read-pdf</c>.</summary>
    /// <value>Default: what this process was started from.</value>
    public string? Program { get; set; }
}

[OptionsValidator]
internal sealed partial class PdfReadingOptionsValidator : IValidateOptions<PdfReadingOptions>;
