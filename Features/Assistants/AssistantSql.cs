namespace Features.Assistants;

internal static class AssistantSql
{
    public static readonly string FindAssistantSession = Statements.Load();
    public static readonly string OpenSession = Statements.Load();
    public static readonly string ReadMessages = Statements.Load();
    public static readonly string SaveMessages = Statements.Load();
}
