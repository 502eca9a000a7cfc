using System.Text.Json.Serialization;

namespace Providers.Local.Flashcards;

internal sealed record FlashcardsJson(IReadOnlyList<FlashcardJson> Flashcards);

internal sealed record FlashcardJson(string Question, string Answer, string Source);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(FlashcardsJson))]
internal sealed partial class FlashcardsJsonContext : JsonSerializerContext;
