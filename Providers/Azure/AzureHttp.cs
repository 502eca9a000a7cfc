using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Providers.Faults;
using Providers.Settings;

namespace Providers.Azure;

/// <summary>Sends requests with the key, and reads answers.</summary>
internal sealed class AzureHttp : IDisposable
{
    public const string KeyHeader = "Ocp-Apim-Subscription-Key";

    private const int LongestError = 256 << 10; // Bytes.
    private const int LongestAnswer = 16 << 20; // Bytes.

    private readonly HttpClient http = ProviderHttp.Create();
    private readonly string provider;
    private readonly AzureFaultMeaning meaning;
    private readonly TimeProvider time;

    public AzureHttp(string provider, string? key, AzureFaultMeaning meaning, TimeProvider time)
    {
        (this.provider, this.meaning, this.time) = (provider, meaning, time);
        http.DefaultRequestHeaders.Add(KeyHeader, key);
    }

    /// <exception cref="ProviderException">Azure refuses it.</exception>
    public async Task<TAnswer> PostAsync<TAnswer>(HttpRequestMessage request, JsonTypeInfo<TAnswer> type, CancellationToken cancellationToken)
    {
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw await FailureAsync(response, cancellationToken);
        }

        try
        {
            await response.Content.LoadIntoBufferAsync(LongestAnswer, cancellationToken);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new JsonException("The answer is longer than any.");
        }

        return await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new JsonException("The answer is null.");
    }

    public void Dispose() => http.Dispose();

    private async Task<ProviderException> FailureAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var error = await ErrorAsync(response, cancellationToken);
        var fault = meaning((int)response.StatusCode, error?.Code, error?.Innererror?.Code);
        return new(provider, fault with { RetryAfter = WaitOf(response.Headers) });
    }

    private TimeSpan? WaitOf(HttpResponseHeaders headers) =>
        Waits.Of(name => headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null, time, isRateLimited: false);

    private static async Task<AzureError?> ErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(LongestError, cancellationToken);
            return (await response.Content.ReadFromJsonAsync(AzureJson.Default.AzureFailure, cancellationToken))?.Error;
        }
        catch (Exception exception) when (exception is JsonException or HttpRequestException or IOException or InvalidOperationException)
        {
            // Those in between answer pages, and the speech service mere text; the status says enough.
            return null;
        }
    }
}
