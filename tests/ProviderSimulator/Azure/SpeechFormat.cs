using System.Text.Json;
using ProviderSimulator.Answers;
using ProviderSimulator.Limits;
using ProviderSimulator.Scripts;
using ProviderSimulator.Wire;

namespace ProviderSimulator.Azure;

/// <summary><c>POST /speech/recognition/conversation/cognitiveservices/v1</c> with <c>Pronunciation-Assessment</c></summary>
internal sealed class SpeechFormat : IWireFormat
{
    private const int HeaderLength = 44;

    public Operation Operation => Operation.Speech;

    public byte[] StreamEnd => [];

    public Question Read(HttpRequest request, byte[] body, int answerTokens)
    {
        AzureErrors.CheckKey(request);
        if (request.Query["language"].FirstOrDefault() is null or "" || request.Query["format"] != "detailed")
        {
            throw new BadQuestionException("The query must have a language, and format=detailed.", "language");
        }

        if (body.Length <= HeaderLength || !body.AsSpan().StartsWith("RIFF"u8) || request.ContentType?.StartsWith("audio/wav", StringComparison.Ordinal) is not true)
        {
            throw new BadQuestionException("The body must be a WAV file.", "body");
        }

        var text = ReferenceOf(request);
        return new SpeechQuestion
        {
            Model = "pronunciation",
            PromptTokens = Tokens.Of(text),
            Text = text,
            Audio = body,
            HasSpeech = body.AsSpan(HeaderLength).ContainsAnyExcept((byte)0),
        };
    }

    public object Error(WireError error) => AzureErrors.Body(error);

    public void AddHeaders(IHeaderDictionary headers, string id, RateState? rate, WireError? error, DateTimeOffset now) =>
        AzureErrors.AddHeaders(headers, id, error, now);

    private static string ReferenceOf(HttpRequest request)
    {
        try
        {
            using var settings = JsonDocument.Parse(Convert.FromBase64String(request.Headers["Pronunciation-Assessment"].FirstOrDefault() ?? ""));
            return settings.RootElement.Text("ReferenceText") is { Length: > 0 } text
                ? text
                : throw new BadQuestionException("There is no ReferenceText.", "ReferenceText");
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            throw new BadQuestionException("Pronunciation-Assessment must be JSON in base64.", "Pronunciation-Assessment");
        }
    }
}
