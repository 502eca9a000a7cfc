namespace Features.Documents.Search;

/// <summary>What a question is asked of: completed documents only. It doesn't ask who may read them.</summary>
internal abstract record PieceScope
{
    private PieceScope()
    {
    }

    public sealed record OfDocument(Guid Id) : PieceScope;

    public sealed record OfCourse(Guid Id) : PieceScope;

    public sealed record OfOwner(string Owner) : PieceScope;
}
