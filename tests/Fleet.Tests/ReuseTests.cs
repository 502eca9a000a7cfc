using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Fleet.Tests;

/// <summary>100 identical requests at once, at two processes of the API, with four workers.</summary>
public sealed class ReuseTests
{
    private const int Requests = 100;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_call_reaches_the_provider(bool redisDies)
    {
        await using var fleet = await Fleet.StartAsync(new());
        fleet.Simulator.Script = new() { Pace = [new() { Latency = TimeSpan.FromSeconds(2) }] };
        var apis = await fleet.StartApisAsync();
        using var http = new HttpClient();

        var posted = Task.WhenAll(Enumerable.Range(0, Requests).Select(number => PostAsync(http, apis[number % apis.Count])));
        if (redisDies)
        {
            await Eventually.TrueAsync(() => fleet.Simulator.Record.Count().All.InFlight == 1);
            await fleet.Redis.KillAsync();
        }

        var jobs = await posted;
        await Eventually.TrueAsync(async () => await fleet.CountAsync("completed") == Requests);

        Assert.Equal(1, fleet.Simulator.Record.Count().All.Calls);
        Assert.Equal(Requests - 1, await fleet.QueryAsync<long>("select count(*) from job_outcome where reused_from is not null"));
        Assert.Equal(1, await fleet.QueryAsync<long>("select count(distinct result::text) from job_outcome"));
        var statuses = await Task.WhenAll(jobs.Select((job, number) => ReadAsync(http, apis[number % apis.Count], job)));
        Assert.Equal(Requests - 1, statuses.Count(status => status.TryGetProperty("reused", out var reused) && reused.GetBoolean()));
    }

    private static async Task<string> PostAsync(HttpClient http, Uri api)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(api, "/api/ai/generate-flashcards"))
        {
            Content = JsonContent.Create(new { content = "A cell is the basic unit of life.", subject = "Biology", topic = "Cells" }),
        };
        request.Headers.Add("user-id", "ada");
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("jobId").GetString()!;
    }

    private static async Task<JsonElement> ReadAsync(HttpClient http, Uri api, string job)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api, $"/api/job-status/{job}"));
        request.Headers.Add("user-id", "ada");
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
    }
}
