namespace Features.SampleCourses;

internal static class SampleSql
{
    public static readonly string InsertSamples = Statements.Load();
}
