namespace Features.Documents;

internal static class DocumentSql
{
    public static readonly string BeginDocument = Statements.Load();
    public static readonly string CompleteDocument = Statements.Load();
    public static readonly string DeletePages = Statements.Load();
    public static readonly string FailDocument = Statements.Load();
    public static readonly string FindDocument = Statements.Load();
    public static readonly string FindDocumentOfFile = Statements.Load();
    public static readonly string InsertDocument = Statements.Load();
    public static readonly string InsertPages = Statements.Load();
    public static readonly string ReadPages = Statements.Load();
}
