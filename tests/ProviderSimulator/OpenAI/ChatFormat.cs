using System.Text.Json;
using ProviderSimulator.Answers;
using ProviderSimulator.Limits;
using ProviderSimulator.Scripts;
using ProviderSimulator.Wire;

namespace ProviderSimulator.OpenAI;

/// <summary><c>POST /v1/chat/completions</c></summary>
internal sealed class ChatFormat : IJsonFormat
{
    public Operation Operation => Operation.Chat;

    public byte[] StreamEnd { get; } = [.. "data: [DONE]\n\n"u8];

    public Question Read(HttpRequest request, JsonElement body, int answerTokens)
    {
        var messages = body.List("messages");
        if (messages.Count == 0)
        {
            throw new BadQuestionException("'messages' must have at least one message.", "messages");
        }

        var userText = TextOf(messages.LastOrDefault(message => message.Text("role") == "user"));
        var document = Document(body, userText);
        var mostTokens = body.Integer("max_completion_tokens") ?? body.Integer("max_tokens");
        return new ChatQuestion
        {
            Model = body.Model(),
            PromptTokens = messages.Sum(message => (long)Tokens.Of(TextOf(message))),
            Streams = body.Flag("stream"),
            WantsUsage = body.Field("stream_options")?.Flag("include_usage") ?? false,
            Reply = Reply.Of(document ?? AnswerText.Echo(userText, answerTokens), mostTokens),
            WrongReply = Reply.Of(AnswerText.NoDocument(userText), mostTokens),
        };
    }

    public object Error(WireError error) => OpenAIErrors.Body(error);

    public void AddHeaders(IHeaderDictionary headers, string id, RateState? rate, WireError? error, DateTimeOffset now) =>
        OpenAIHeaders.Add(headers, id, rate, error, now);

    private static string? Document(JsonElement body, string userText)
    {
        var format = body.Field("response_format");
        try
        {
            return format?.Text("type") switch
            {
                null or "text" => null,
                "json_object" => JsonSerializer.Serialize(new { text = AnswerText.Echo(userText, 10) }, WireJson.Indented),
                "json_schema" when format?.Field("json_schema")?.Field("schema") is { } schema => AnswerText.Document(userText, schema),
                _ => throw new BadQuestionException("'response_format' is not one of text, json_object and json_schema with a schema.", "response_format"),
            };
        }
        catch (UnknownSchemaException exception)
        {
            throw new BadQuestionException($"Invalid schema for response_format: {exception.Message}", "response_format");
        }
    }

    /// <summary>A message's content is a text, or a list of parts, of which only those of text count.</summary>
    private static string TextOf(JsonElement message) => message.Field("content") switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString()!, // It is a string.
        { ValueKind: JsonValueKind.Array } => string.Join('\n', message.List("content").Select(part => part.Text("text")).OfType<string>()),
        _ => "",
    };
}
