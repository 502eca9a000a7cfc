namespace Features.Documents.Search;

/// <summary>A piece that may hold the answer.</summary>
/// <param name="DocumentId">Its document.</param>
/// <param name="Title">The document's title.</param>
/// <param name="FirstPage">The page that it begins on, from 1.</param>
/// <param name="LastPage">The page that it ends on.</param>
/// <param name="Text">The text.</param>
/// <param name="Score">Beside those of the other pieces that the same question found; it says nothing beside another question's.</param>
internal sealed record FoundPiece(Guid DocumentId, string Title, int FirstPage, int LastPage, string Text, double Score);
