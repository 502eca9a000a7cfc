namespace Features.Documents.Pieces;

/// <summary>A part of a document that is found and quoted as a whole.</summary>
/// <param name="Index">From 0, in the order of the text.</param>
/// <param name="FirstPage">The page that it begins on, from 1.</param>
/// <param name="LastPage">The page that it ends on.</param>
/// <param name="Text">Whole sentences; lines of lists and programs.</param>
internal sealed record Piece(int Index, int FirstPage, int LastPage, string Text);
