namespace Features.Documents.Reading;

/// <summary>A PDF that can't be read, now or ever. The message is for people, and has nothing of what is in the PDF.</summary>
/// <param name="type">One of <see cref="PdfRefusals"/>.</param>
internal sealed class PdfRefusedException(string type) : Exception(PdfRefusals.MessageOf(type))
{
    /// <summary>A stable word for programs.</summary>
    public string Type => type;
}
