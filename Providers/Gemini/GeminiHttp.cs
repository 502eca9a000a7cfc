using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using Providers.Faults;
using Providers.Settings;

namespace Providers.Gemini;

/// <summary>Sends requests and reads answers.</summary>
internal sealed class GeminiHttp : IDisposable
{
    private const int LongestError = 256 << 10; // Bytes.

    private readonly HttpClient http = ProviderHttp.Create();
    private readonly string address;
    private readonly TimeProvider time;

    public GeminiHttp(IOptions<GeminiOptions> options, TimeProvider time)
    {
        address = options.Value.Endpoint.AbsoluteUri.TrimEnd('/');
        this.time = time;
        http.DefaultRequestHeaders.Add("x-goog-api-key", options.Value.ApiKey);
    }

    /// <exception cref="ProviderException">Google refuses it.</exception>
    public async Task<GeminiAnswer> AskAsync(string model, GeminiRequest request, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(model, "generateContent", request, GeminiJson.Default.GeminiRequest, cancellationToken);
        return await response.Content.ReadFromJsonAsync(GeminiJson.Default.GeminiAnswer, cancellationToken)
            ?? throw new JsonException("The answer is null.");
    }

    /// <exception cref="ProviderException">Google refuses it, or fails on the way.</exception>
    public async IAsyncEnumerable<GeminiAnswer> StreamAsync(
        string model, GeminiRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await SendAsync(model, "streamGenerateContent?alt=sse", request, GeminiJson.Default.GeminiRequest, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var events = SseParser.Create(body, (_, data) => JsonSerializer.Deserialize(data, GeminiJson.Default.GeminiAnswer));
        await foreach (var item in events.EnumerateAsync(cancellationToken))
        {
            var answer = item.Data ?? throw new JsonException("A piece of the answer is null.");
            yield return answer.Error is { } error ? throw Failure(error.Code ?? 500, error, header: null) : answer;
        }
    }

    /// <exception cref="ProviderException">Google refuses it.</exception>
    public async Task<GeminiEmbeddings> EmbedAsync(string model, GeminiEmbeddingBatch batch, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(model, "batchEmbedContents", batch, GeminiJson.Default.GeminiEmbeddingBatch, cancellationToken);
        return await response.Content.ReadFromJsonAsync(GeminiJson.Default.GeminiEmbeddings, cancellationToken)
            ?? throw new JsonException("The answer is null.");
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> SendAsync<TRequest>(
        string model, string verb, TRequest request, JsonTypeInfo<TRequest> type, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, $"{address}/models/{Uri.EscapeDataString(model)}:{verb}")
        {
            Content = JsonContent.Create(request, type),
        };
        var response = await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw Failure((int)response.StatusCode, await ErrorAsync(response, cancellationToken), WaitOf(response.Headers));
        }
    }

    private static ProviderException Failure(int status, GeminiError? error, TimeSpan? header) =>
        new(GeminiOptions.ProviderName, GeminiErrors.Of(status, error, header));

    private TimeSpan? WaitOf(HttpResponseHeaders headers) =>
        Waits.Of(name => headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null, time, isRateLimited: false);

    private static async Task<GeminiError?> ErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(LongestError, cancellationToken);
            return (await response.Content.ReadFromJsonAsync(GeminiJson.Default.GeminiFailure, cancellationToken))?.Error;
        }
        catch (Exception exception) when (exception is JsonException or HttpRequestException or IOException or InvalidOperationException)
        {
            // Those in between answer pages; the status says enough.
            return null;
        }
    }
}
