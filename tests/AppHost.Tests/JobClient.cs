using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;

namespace AppHost.Tests;

/// <summary>What a client of the HTTP contract does.</summary>
internal static class JobClient
{
    /// <summary>The request of the README: a page of prose.</summary>
    public static readonly string ReadmeRequest = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "flashcards.json"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<JsonElement> PostFlashcardsAsync(this HttpClient api, string body)
    {
        var response = await api.PostAsync(
            "/api/ai/generate-flashcards", new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
    }

    public static Task<JsonElement> StatusAsync(this HttpClient api, string statusUrl) =>
        api.GetFromJsonAsync<JsonElement>(statusUrl, Cancellation);

    /// <summary>Follows a stream to its end, for two minutes at most.</summary>
    public static async Task<List<SseItem<string>>> FollowAsync(this HttpClient client, string eventsUrl)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        await using var stream = await client.GetStreamAsync(eventsUrl, patience.Token);
        var events = new List<SseItem<string>>();
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(patience.Token))
        {
            events.Add(item);
        }

        return events;
    }
}
