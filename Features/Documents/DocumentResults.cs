using Features.Jobs;

namespace Features.Documents;

/// <summary>What a client gets for an uploaded PDF: of the job that reads it, and the ids of what there is now.</summary>
public sealed record UploadReceipt : JobReceipt
{
    internal UploadReceipt(JobReceipt receipt, Guid documentId, Guid pdfId)
        : base(receipt) => (DocumentId, PdfId) = (documentId, pdfId);

    /// <summary>What is made of the PDF, to be asked for as <c>/api/documents/{documentId}</c>.</summary>
    public Guid DocumentId { get; }

    /// <summary>The file, of which study cards can be made.</summary>
    public Guid PdfId { get; }
}

/// <summary>A document as its owner sees it.</summary>
/// <param name="DocumentId">Its id.</param>
/// <param name="PdfId">Its file; null for one that came as text.</param>
/// <param name="CourseId">The course whose material it is, or null.</param>
/// <param name="Title">Its title.</param>
/// <param name="Status">"PENDING", "PROCESSING", "COMPLETED" or "FAILED".</param>
/// <param name="Error">Why it failed, or null.</param>
/// <param name="Pages">How many pages it has, once it is read.</param>
/// <param name="Pieces">Into how many pieces its text was cut.</param>
/// <param name="JobId">The job that reads it.</param>
/// <param name="CreatedAt">When it was uploaded.</param>
/// <param name="UpdatedAt">When its status changed.</param>
public sealed record DocumentView(
    Guid DocumentId,
    Guid? PdfId,
    Guid? CourseId,
    string Title,
    string Status,
    DocumentError? Error,
    int? Pages,
    int? Pieces,
    Guid? JobId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);

/// <summary>Why a document can't be used.</summary>
/// <param name="Type">A stable word for programs, such as "encrypted".</param>
/// <param name="Message">A sentence for people.</param>
public sealed record DocumentError(string Type, string Message);

/// <summary>The result of a job that read a document.</summary>
public sealed record IngestionResult(Guid DocumentId, int Pages, int Pieces);
