namespace Features.Files;

internal static class FileSql
{
    public static readonly string CompleteFile = Statements.Load();
    public static readonly string DeleteExpiredFile = Statements.Load();
    public static readonly string DeleteUnusedFile = Statements.Load();
    public static readonly string FindFile = Statements.Load();
    public static readonly string FindFileOfJob = Statements.Load();
    public static readonly string GiveFileToJob = Statements.Load();
    public static readonly string InsertFile = Statements.Load();
    public static readonly string InsertFilePart = Statements.Load();
    public static readonly string KeepFile = Statements.Load();
    public static readonly string ListExpiredFiles = Statements.Load();
    public static readonly string PostponeExpiry = Statements.Load();
    public static readonly string ReadFilePart = Statements.Load();
    public static readonly string ReleaseFile = Statements.Load();
}
