using System.Text.Json;

namespace Providers.Local.Flashcards;

internal sealed class FlashcardSkill : ILocalSkill
{
    // The schema may leave the number open; then a page's worth is given.
    private const int DefaultCount = 10;
    private const int MostCards = 200;

    public string SchemaName => "flashcards";

    public string Answer(string text, JsonElement schema, CancellationToken cancellationToken)
    {
        var cards = FlashcardWriter.Write(text, Count(schema), cancellationToken)
            .Select(card => new FlashcardJson(card.Question, card.Answer, card.Sentence.Source));
        return JsonSerializer.Serialize(new FlashcardsJson([.. cards]), FlashcardsJsonContext.Default.FlashcardsJson);
    }

    private static int Count(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object
        && schema.TryGetProperty("properties", out var properties)
        && properties.TryGetProperty("flashcards", out var flashcards)
        && flashcards.TryGetProperty("maxItems", out var most)
        && most.TryGetInt32(out var count)
            ? Math.Clamp(count, 0, MostCards)
            : DefaultCount;
}
