namespace Features.Assessments;

internal static class AssessmentSql
{
    public static readonly string ReadAnswers = Statements.Load();
    public static readonly string ReadTest = Statements.Load();
    public static readonly string SaveAnswers = Statements.Load();
}
