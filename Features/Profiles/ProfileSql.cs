namespace Features.Profiles;

internal static class ProfileSql
{
    public static readonly string ReadLearner = Statements.Load();
    public static readonly string ReadLesson = Statements.Load();
    public static readonly string ReadLessons = Statements.Load();
    public static readonly string ReadProgress = Statements.Load();
    public static readonly string ReadStats = Statements.Load();
    public static readonly string SaveLearner = Statements.Load();
    public static readonly string SaveProgress = Statements.Load();
}
