namespace Features.PdfFlashcards;

internal static class CardSessionSql
{
    public static readonly string DeleteSections = Statements.Load();
    public static readonly string FindSession = Statements.Load();
    public static readonly string InsertSession = Statements.Load();
    public static readonly string ReadSections = Statements.Load();
    public static readonly string SaveSection = Statements.Load();
}
