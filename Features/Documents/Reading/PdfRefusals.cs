namespace Features.Documents.Reading;

/// <summary>Why a PDF can't be read: words for programs, and sentences for people.</summary>
internal static class PdfRefusals
{
    public const string Encrypted = "encrypted";
    public const string Damaged = "damaged";
    public const string NoText = "no-text";
    public const string TooManyPages = "too-many-pages";
    public const string TooMuchText = "too-much-text";
    public const string TooComplex = "too-complex";

    public static string MessageOf(string type) => type switch
    {
        Encrypted => "The PDF needs a password. Save it without one, and upload it again.",
        Damaged => "The file is damaged, or isn't a PDF although it begins like one.",
        NoText => "The PDF holds no text: its pages are pictures, as of a scanner. Have its text recognised (OCR), and upload it again.",
        TooManyPages => "The PDF has more pages than are read. Upload it in parts.",
        TooMuchText => "The PDF has more text than is read. Upload it in parts.",
        TooComplex => "Reading the PDF takes more time or memory than it may. Printing it to a new PDF may help.",
        _ => "The PDF can't be read.",
    };
}
