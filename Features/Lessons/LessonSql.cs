namespace Features.Lessons;

internal static class LessonSql
{
    public static readonly string SaveLesson = Statements.Load();
}
