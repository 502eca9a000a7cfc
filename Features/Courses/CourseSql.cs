namespace Features.Courses;

internal static class CourseSql
{
    public static readonly string FindSuggestion = Statements.Load();
    public static readonly string ListSuggestions = Statements.Load();
    public static readonly string ReadCourses = Statements.Load();
}
