namespace Features.Documents.Reading;

/// <summary>The text of a PDF.</summary>
/// <param name="Pages">All pages, in order; those without text too.</param>
internal sealed record PdfText(IReadOnlyList<PdfPage> Pages);

/// <summary>The text of a page.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Text">Paragraphs, an empty line between them. A line of prose is joined with the next; one of a list or a table stands alone.</param>
internal sealed record PdfPage(int Number, string Text);
