using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Providers.Programs;

namespace Features.Documents.Reading;

/// <summary>
/// Reads PDFs, each by a program of its own: what makes that one run out of memory, stack or time leaves this process as it was.
/// </summary>
internal sealed class PdfReader(IOptions<PdfReadingOptions> options)
{
    // The most bytes that a character of text takes in JSON.
    private const int BytesPerCharacter = 6;

    /// <returns>The text.</returns>
    /// <exception cref="PdfRefusedException">It can't be read.</exception>
    public async Task<PdfText> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.Value.Timeout);
        using var folder = new CallFolder();
        try
        {
            var result = await ProgramRun.RunAsync(Command(Path.GetFullPath(path), folder), patience.Token);
            return result.ExitCode == 0 ? TextOf(result.Output) : throw new PdfRefusedException(PdfRefusals.TooComplex);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new PdfRefusedException(PdfRefusals.TooComplex);
        }
        catch (FormatException)
        {
            throw new PdfRefusedException(PdfRefusals.TooMuchText);
        }
    }

    private static PdfText TextOf(string output)
    {
        var reading = JsonSerializer.Deserialize<PdfReading>(output)!; // The program writes one.
        return reading.Pages is { } pages
            ? new([.. pages.Select((text, index) => new PdfPage(index + 1, text))])
            : throw new PdfRefusedException(reading.Refused!); // It has one or the other.
    }

    private ProgramCommand Command(string path, CallFolder folder)
    {
        var limits = options.Value;
        var program = limits.Program ?? Environment.ProcessPath!; // This process was started from a file.
        string[] before = [];
        if (limits.Program is null && Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            before = [Assembly.GetEntryAssembly()!.Location];
        }
        else if (program.EndsWith(".dll", StringComparison.Ordinal))
        {
            (program, before) = ("dotnet", [program]);
        }

        return new(program, [.. before, PdfReadingProgram.Verb, path, Invariant(limits.MostPages), Invariant(limits.MostCharacters)])
        {
            Folder = folder.Path,
            MostMemory = null, // Address space says nothing of what .NET uses: its heap is bounded below.
            MostTime = limits.Timeout,
            MostOutput = (int)Math.Min(int.MaxValue / 2, (long)limits.MostCharacters * BytesPerCharacter),
            Environment = new Dictionary<string, string>
            {
                ["DOTNET_GCHeapHardLimit"] = (limits.MostMemoryMiB * (1L << 20)).ToString("x", CultureInfo.InvariantCulture),
                ["DOTNET_gcServer"] = "0",
                ["DOTNET_ROOT"] = Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "",
                ["DOTNET_DbgEnableMiniDump"] = "0",
            },
        };
    }

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
