namespace Providers.Local.Flashcards;

internal static class Questions
{
    /// <summary>Sets the sentence's opening phrase before the question: "In biology, what is mitosis?"</summary>
    public static string Open(string opening, string question) =>
        opening.Length == 0 ? question : $"{opening}, {char.ToLowerInvariant(question[0])}{question[1..]}";
}
