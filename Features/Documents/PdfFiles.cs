using Features.Files;

namespace Features.Documents;

internal static class PdfFiles
{
    /// <summary>A PDF of up to 50 MiB. Readers find its mark anywhere in the first 1,024 bytes.</summary>
    public static FileKind Kind { get; } = new("a PDF", 50 << 20, head => head.IndexOf("%PDF-"u8) >= 0 ? "application/pdf" : null);
}
