using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using Providers.Faults;

namespace Providers.OpenAI;

/// <summary>Reads the official client's exceptions.</summary>
internal sealed class OpenAIErrors(TimeProvider time)
{
    /// <returns>Null for what is not the client's own.</returns>
    public ProviderFault? Read(Exception exception) => exception switch
    {
        ClientResultException result when result.GetRawResponse() is { } response => Of(response),
        // It wraps what happens to the connection, and to the reading of answers.
        ClientResultException { InnerException: { } cause } => TransportFaults.Of(cause),
        ClientResultException => new(FaultWords.ConnectionLost) { MayHaveCost = true },
        // What it throws at an answer of null.
        ArgumentNullException { ParamName: "value" } => new(FaultWords.BadAnswer) { MayHaveCost = true },
        _ => null,
    };

    private ProviderFault Of(PipelineResponse response)
    {
        if (!response.IsError && response.Status < 300)
        {
            return new(FaultWords.BadAnswer) { MayHaveCost = true, Status = response.Status };
        }

        var (code, type) = CodesOf(response);
        var fault = OpenAIFaults.Of(response.Status, code, type);
        return fault with
        {
            RetryAfter = Waits.Of(name => response.Headers.TryGetValue(name, out var value) ? value : null, time, fault.Word == FaultWords.RateLimited),
        };
    }

    private static (string? Code, string? Type) CodesOf(PipelineResponse response)
    {
        try
        {
            using var body = JsonDocument.Parse(response.Content);
            return body.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
                ? (Text(error, "code"), Text(error, "type"))
                : default;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Proxies answer pages; or the connection ended before the error was here.
            return default;
        }
    }

    private static string? Text(JsonElement error, string name) =>
        error.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
