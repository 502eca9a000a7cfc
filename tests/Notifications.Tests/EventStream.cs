using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Notifications.Tests;

/// <summary>A client's side of one stream. An event that doesn't come within a minute fails the test.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly HttpResponseMessage response;
    private readonly CancellationTokenSource patience;
    private readonly IAsyncEnumerator<SseItem<string>> items;

    private EventStream(HttpResponseMessage response)
    {
        this.response = response;
        patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        items = SseParser.Create(response.Content.ReadAsStream(patience.Token)).EnumerateAsync(patience.Token).GetAsyncEnumerator();
    }

    public static Task<EventStream> OpenAsync(HttpClient client, Guid jobId, string? lastEventId = null, bool inQuery = false) =>
        OpenAsync(client, $"/api/job-events?jobId={jobId}" + (inQuery ? $"&lastEventId={lastEventId}" : ""), inQuery ? null : lastEventId);

    public static async Task<EventStream> OpenAsync(HttpClient client, string url, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new(response);
    }

    /// <returns>The next event, or null when the stream ended.</returns>
    public async Task<SseItem<string>?> NextAsync()
    {
        patience.CancelAfter(Patience);
        return await items.MoveNextAsync() ? items.Current : null;
    }

    /// <summary>Reads some events: "connected#1 active#2".</summary>
    public async Task<string> ReadAsync(int count)
    {
        var events = new List<string>();
        while (events.Count < count && await NextAsync() is { } item)
        {
            events.Add(Describe(item));
        }

        return string.Join(' ', events);
    }

    /// <summary>Reads to the end: name and id of each event, as "completed#5".</summary>
    public async Task<List<string>> ReadToEndAsync()
    {
        var events = new List<string>();
        while (await NextAsync() is { } item)
        {
            events.Add(Describe(item));
        }

        return events;
    }

    public static string Describe(SseItem<string> item) => $"{item.EventType}#{item.EventId}";

    public static JsonElement DataOf(SseItem<string> item) => JsonElement.Parse(item.Data);

    public async ValueTask DisposeAsync()
    {
        await items.DisposeAsync();
        patience.Dispose();
        response.Dispose();
    }
}
