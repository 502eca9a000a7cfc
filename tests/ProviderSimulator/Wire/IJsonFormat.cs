using System.Text.Json;

namespace ProviderSimulator.Wire;

/// <summary>A format whose requests are JSON.</summary>
internal interface IJsonFormat : IWireFormat
{
    /// <exception cref="BadQuestionException">It can't be understood.</exception>
    Question Read(HttpRequest request, JsonElement body, int answerTokens);

    Question IWireFormat.Read(HttpRequest request, byte[] body, int answerTokens)
    {
        using var document = JsonDocument.Parse(body);
        return Read(request, document.RootElement, answerTokens);
    }
}
