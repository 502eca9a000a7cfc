namespace Features.Documents.Search;

/// <summary>A piece by its place, and how well it goes with a question by one measure.</summary>
internal readonly record struct RankedPiece(Guid DocumentId, int Index, double Score);
