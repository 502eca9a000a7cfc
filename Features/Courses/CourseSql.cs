namespace Features.Courses;

internal static class CourseSql
{
    public static readonly string ReadCourses = Statements.Load();
}
