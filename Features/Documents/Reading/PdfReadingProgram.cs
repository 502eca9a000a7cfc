using System.Globalization;
using System.Text.Json;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.DocumentLayoutAnalysis.TextExtractor;
using UglyToad.PdfPig.Exceptions;

namespace Features.Documents.Reading;

/// <summary>
/// The program that reads one PDF: <c>read-pdf {path} {most pages} {most characters}</c>. It writes one line of JSON, <see cref="PdfReading"/>. A hostile PDF
/// may end it in any way; whoever started it takes that for an answer.
/// </summary>
public static class PdfReadingProgram
{
    /// <summary>The argument that asks for it.</summary>
    public const string Verb = "read-pdf";

    /// <param name="args">All arguments, the verb first.</param>
    /// <returns>The exit code, 0.</returns>
    public static int Run(IReadOnlyList<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var (path, mostPages, mostCharacters) = (args[1], Number(args[2]), Number(args[3]));
        PdfReading reading;
        try
        {
            reading = new(Read(path, mostPages, mostCharacters), null);
        }
        catch (PdfRefusedException refused)
        {
            reading = new(null, refused.Type);
        }
        catch (Exception exception) when (exception is OutOfMemoryException or InsufficientExecutionStackException)
        {
            reading = new(null, PdfRefusals.TooComplex);
        }

        using var output = Console.OpenStandardOutput();
        JsonSerializer.Serialize(output, reading);
        return 0;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string[] Read(string path, int mostPages, int mostCharacters)
    {
        using var document = Open(path);
        if (document.NumberOfPages > mostPages)
        {
            throw new PdfRefusedException(PdfRefusals.TooManyPages);
        }

        var pages = new List<IReadOnlyList<string>>();
        var characters = 0L;
        var unreadable = 0;
        for (var number = 1; number <= document.NumberOfPages; number++)
        {
            var lines = TryRead(document, number) is { } text ? PageLines.Of(text) : null;
            unreadable += lines is null ? 1 : 0;
            pages.Add(lines ?? []);
            characters += pages[^1].Sum(line => (long)line.Length);
            if (characters > mostCharacters)
            {
                throw new PdfRefusedException(PdfRefusals.TooMuchText);
            }
        }

        // A page or two that nothing can be made of are let go; a file of such pages is damaged.
        if (pages.Count == 0 || unreadable * 2 > pages.Count)
        {
            throw new PdfRefusedException(PdfRefusals.Damaged);
        }

        string[] texts = [.. RunningLines.Without(pages).Select(Paragraphs.Of)];
        return texts.Any(text => text.Any(char.IsLetterOrDigit)) ? texts : throw new PdfRefusedException(PdfRefusals.NoText);
    }

    // The library throws whatever its parsers come upon; all of it says that the file is not as a PDF has to be.
#pragma warning disable CA1031
    private static PdfDocument Open(string path)
    {
        try
        {
            return PdfDocument.Open(path, new ParsingOptions { UseLenientParsing = true, SkipMissingFonts = true });
        }
        catch (PdfDocumentEncryptedException)
        {
            throw new PdfRefusedException(PdfRefusals.Encrypted);
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or InsufficientExecutionStackException))
        {
            throw new PdfRefusedException(PdfRefusals.Damaged);
        }
    }

    private static string? TryRead(PdfDocument document, int number)
    {
        try
        {
            Page page = document.GetPage(number);
            return ContentOrderTextExtractor.GetText(page, addDoubleNewline: true);
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or InsufficientExecutionStackException))
        {
            return null;
        }
    }
#pragma warning restore CA1031
}

/// <summary>What the program says.</summary>
/// <param name="Pages">The text of each page, or null.</param>
/// <param name="Refused">Why there is none, or null.</param>
internal sealed record PdfReading(string[]? Pages, string? Refused);
