using System.Text.Json;
using ProviderSimulator.Answers;
using ProviderSimulator.Limits;
using ProviderSimulator.Scripts;
using ProviderSimulator.Wire;

namespace ProviderSimulator.Gemini;

/// <summary><c>POST /v1beta/models/{model}:generateContent</c> and <c>:streamGenerateContent?alt=sse</c></summary>
internal sealed class GeminiFormat(bool streams) : IJsonFormat
{
    public Operation Operation => Operation.Chat;

    public byte[] StreamEnd => [];

    public Question Read(HttpRequest request, JsonElement body, int answerTokens)
    {
        if (streams && request.Query["alt"] != "sse")
        {
            throw new BadQuestionException("Streams are written here as events only: add alt=sse.", "alt");
        }

        var contents = body.List("contents");
        if (contents.Count == 0)
        {
            throw new BadQuestionException("GenerateContentRequest.contents: contents is not specified", "contents");
        }

        var userText = TextOf(contents.LastOrDefault(content => content.Text("role") is null or "user"));
        var instruction = body.Field("systemInstruction") ?? body.Field("system_instruction") ?? default;
        var settings = body.Field("generationConfig") ?? body.Field("generation_config") ?? default;
        var mostTokens = settings.Integer("maxOutputTokens");
        return new GeminiQuestion
        {
            Model = request.RouteValues["model"] as string ?? "",
            PromptTokens = contents.Append(instruction).Sum(content => (long)Tokens.Of(TextOf(content))),
            Streams = streams,
            Reply = Reply.Of(Document(settings, userText) ?? AnswerText.Echo(userText, answerTokens), mostTokens),
            WrongReply = Reply.Of(AnswerText.NoDocument(userText), mostTokens),
        };
    }

    public object Error(WireError error) => GeminiErrors.Body(error);

    public void AddHeaders(IHeaderDictionary headers, string id, RateState? rate, WireError? error, DateTimeOffset now)
    {
        // Google tells nothing of limits in headers.
    }

    private static string? Document(JsonElement settings, string userText)
    {
        try
        {
            return (settings.Field("responseSchema") ?? settings.Field("responseJsonSchema")) is { } schema
                ? AnswerText.Document(userText, schema)
                : settings.Text("responseMimeType") == "application/json"
                    ? JsonSerializer.Serialize(new { text = AnswerText.Echo(userText, 10) }, WireJson.Indented)
                    : null;
        }
        catch (UnknownSchemaException exception)
        {
            throw new BadQuestionException($"Invalid responseSchema: {exception.Message}", "generationConfig.responseSchema");
        }
    }

    private static string TextOf(JsonElement content) =>
        string.Join('\n', content.List("parts").Select(part => part.Text("text")).OfType<string>());
}
