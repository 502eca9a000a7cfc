using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Features.Flashcards;

/// <summary>How any model, the local one or a large one, is asked for cards: by the same messages and the same schema.</summary>
internal static class FlashcardPrompt
{
    // What a card takes in JSON, with a long sentence as its source; and what stands around the cards.
    private const int TokensPerCard = 200;
    private const int TokensAround = 100;

    /// <returns>The cards, and the tokens that they took, read and written.</returns>
    /// <exception cref="JsonException">The model answered something else. It may answer better when asked again.</exception>
    public static async Task<(FlashcardSet Cards, long Tokens)> AskAsync(IChatClient chat, GenerateFlashcards args, CancellationToken cancellationToken)
    {
        var response = await chat.GetResponseAsync(Messages(args), Options(args.Count), cancellationToken);
        var set = JsonSerializer.Deserialize<FlashcardSet>(response.Text, JsonSerializerOptions.Web)
            ?? throw new JsonException("The model answered null instead of cards.");
        return (set, (response.Usage?.InputTokenCount ?? 0) + (response.Usage?.OutputTokenCount ?? 0));
    }

    public static List<ChatMessage> Messages(GenerateFlashcards args) =>
    [
        new(ChatRole.System, $"""
            You write study cards on {args.Subject}: {args.Topic}. Make up to {args.Count} cards from the user's text and
            from nothing else. Each card must make sense to somebody who does not see the text. No two may ask the same.
            'source' is the sentence of the text that the card comes from, word for word.
            """),
        new(ChatRole.User, args.Content),
    ];

    public static ChatOptions Options(int count) => new()
    {
        MaxOutputTokens = TokensAround + (count * TokensPerCard),
        ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema(count), "flashcards", "Study cards made from a text"),
    };

    private static JsonElement Schema(int count) => JsonElement.Parse($$"""
        {
          "type": "object",
          "required": ["flashcards"],
          "additionalProperties": false,
          "properties": {
            "flashcards": {
              "type": "array",
              "maxItems": {{count}},
              "items": {
                "type": "object",
                "required": ["question", "answer", "source"],
                "additionalProperties": false,
                "properties": {
                  "question": { "type": "string" },
                  "answer": { "type": "string" },
                  "source": { "type": "string" }
                }
              }
            }
          }
        }
        """);
}
