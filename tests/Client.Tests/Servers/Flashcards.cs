using System.Text.Json;

namespace Client.Tests;

/// <summary>The job type that the real worker has.</summary>
internal static class Flashcards
{
    public const string Type = "generate-flashcards";

    /// <summary>The request of the repository's README: a page of prose.</summary>
    public static JsonElement Request { get; } = JsonElement.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "flashcards.json")));

    public sealed record Result(IReadOnlyList<Card> Flashcards);

    public sealed record Card(string Question, string Answer);
}
