namespace Features.Documents;

/// <summary>Makes an uploaded document one that questions can be asked of.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="Sha256">The hash of its file, by which a repeated request is told from another one.</param>
internal sealed record IngestPdf(Guid DocumentId, string Sha256);
