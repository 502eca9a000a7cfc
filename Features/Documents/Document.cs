namespace Features.Documents;

/// <summary>A row of a document.</summary>
internal sealed record Document(
    Guid Id,
    string Owner,
    Guid? CourseId,
    string Title,
    Guid? FileId,
    string Status,
    DocumentError? Error,
    int? Pages,
    int? Pieces,
    Guid? JobId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);
