using System.Text;
using System.Text.RegularExpressions;
using Features.Documents.Reading;
using Features.Files;

namespace Features.Documents;

/// <summary>Reads a stored file as pages of text: PDFs, and our own Markdown, whose chapters are its pages.</summary>
internal sealed partial class DocumentReader(FileStore files, PdfReader pdfs)
{
    /// <exception cref="PdfRefusedException">It can't be read, now or ever.</exception>
    public async Task<IReadOnlyList<PdfPage>> ReadAsync(StoredFile file, CancellationToken cancellationToken)
    {
        if (file.MediaType == MarkdownType)
        {
            using var bytes = new MemoryStream();
            await files.ReadAsync(file.Id, bytes, cancellationToken);
            return ChaptersOf(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
        }

        // The program that reads it has the file, and nothing else of this process.
        var path = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.pdf");
        try
        {
            await using (var copy = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous }))
            {
                await files.ReadAsync(file.Id, copy, cancellationToken);
            }

            return (await pdfs.ReadAsync(path, cancellationToken)).Pages;
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The media type of Markdown.</summary>
    public const string MarkdownType = "text/markdown";

    private static List<PdfPage> ChaptersOf(string markdown) =>
    [
        .. ChapterMark().Split(markdown)
            .Select(chapter => chapter.Trim())
            .Where(chapter => chapter.Length > 0 && !chapter.StartsWith("# ", StringComparison.Ordinal))
            .Select((chapter, index) => new PdfPage(index + 1, JoinLines(chapter))),
    ];

    private static string JoinLines(string chapter) => string.Join(
        "\n\n", chapter.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(paragraph => paragraph.ReplaceLineEndings(" ").Trim()));

    [GeneratedRegex("^## ", RegexOptions.Multiline)]
    private static partial Regex ChapterMark();
}
