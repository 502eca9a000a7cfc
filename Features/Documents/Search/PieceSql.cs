namespace Features.Documents.Search;

internal static class PieceSql
{
    public static readonly string DeletePieces = Statements.Load();
    public static readonly string FindByWords = Statements.Load();
    public static readonly string FindNear = Statements.Load();
    public static readonly string FindScope = Statements.Load();
    public static readonly string FindUnindexed = Statements.Load();
    public static readonly string InstallVectors = Statements.Load();
    public static readonly string LockDocument = Statements.Load();
    public static readonly string ReadPieces = Statements.Load();
    public static readonly string ReadVectors = Statements.Load();
    public static readonly string StopLeading = Statements.Load();
    public static readonly string TryLead = Statements.Load();
    public static readonly string VectorsStanding = Statements.Load();
    public static readonly string WritePieces = Statements.Load();
}
