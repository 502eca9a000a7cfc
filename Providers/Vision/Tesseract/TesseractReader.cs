using Microsoft.Extensions.Options;
using Providers.Faults;
using Providers.Programs;

namespace Providers.Vision.Tesseract;

/// <summary>Reads images by Tesseract, a process for each. It finds text, and describes nothing.</summary>
internal sealed class TesseractReader(IOptions<TesseractOptions> options, TimeProvider time) : IImageReader
{
    private const string Remedy = "install the Debian packages tesseract-ocr, tesseract-ocr-eng (or those of the configured languages) and "
        + $"util-linux, or set {TesseractOptions.SectionName}:{nameof(TesseractOptions.Program)}";

    private readonly TesseractOptions options = options.Value;
    private readonly FaultReader faults = new(TesseractOptions.ProviderName, options.Value.Timeout, time, exception => ProgramFaults.Of(exception, Remedy), isFree: true);

    public Task<ImageReading> ReadAsync(ReadableImage image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        return faults.CallAsync(token => RunAsync(image, token), cancellationToken);
    }

    private async Task<ImageReading> RunAsync(ReadableImage image, CancellationToken cancellationToken)
    {
        using var folder = new CallFolder();
        var file = folder.File("image");
        await File.WriteAllBytesAsync(file, image.File, cancellationToken);
        var result = await ProgramRun.RunAsync(
            new(options.Program, [file, "stdout", "-l", options.Languages, "tsv"])
            {
                Folder = folder.Path,
                MostMemory = (long)options.MostMemoryMiB << 20,
                MostTime = options.Timeout,
            },
            cancellationToken);
        return result switch
        {
            { ExitCode: 0 } => new(TesseractTable.Read(result.Output), Caption: null, Tags: []),
            { WasKilled: true } => throw faults.Failure(new(FaultWords.ServerError), usage: null),
            _ when result.Errors.Contains("Failed loading language", StringComparison.Ordinal) => throw faults.Failure(new(FaultWords.NotInstalled) { Remedy = Remedy }, usage: null),
            _ => throw faults.Failure(new(FaultWords.BadRequest) { Remedy = "the image is broken, or needs more memory than it may have" }, usage: null),
        };
    }
}
