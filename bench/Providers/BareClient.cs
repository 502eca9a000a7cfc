using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Bench.Providers;

/// <summary>The same question without any of our code: a request, its answer read to the end and parsed.</summary>
internal sealed class BareClient(string simulator) : IDisposable
{
    public const string Question = "one two three four five six seven eight nine ten";

    private readonly HttpClient http = new();
    private readonly Uri address = new($"{simulator}/v1/chat/completions");

    public async Task CallAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = JsonContent.Create(new { model = GuardedHost.Model, messages = new[] { new { role = "user", content = Question } } }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "any");
        using var answer = await http.SendAsync(request);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync());
        document.RootElement.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
    }

    public void Dispose() => http.Dispose();
}
