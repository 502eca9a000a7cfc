using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ProviderSimulator.Tests;

/// <summary>The simulator as a program of its own, steered over HTTP.</summary>
public sealed class ProgramTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<string> output = new();
    private TestProgram program = null!;
    private HttpClient http = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var url = $"http://127.0.0.1:{FreePort.Next()}";
        program = TestProgram.Start(
            typeof(Simulator).Assembly.Location,
            new Dictionary<string, string?>
            {
                ["ASPNETCORE_URLS"] = url,
                ["Simulator__Limits__0__Model"] = "limited",
                ["Simulator__Limits__0__RequestsPerMinute"] = "1",
                ["Simulator__Prices__*__Prompt"] = "2.5",
                ["Simulator__Script__Faults__0__Model"] = "away",
                ["Simulator__Script__Faults__0__Status"] = "503",
                ["Simulator__Script__Faults__0__To"] = "01:00:00",
            },
            output.Enqueue);
        http = new() { BaseAddress = new(url) };
        await Eventually.TrueAsync(IsHealthyAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await program.StopAsync(TimeSpan.FromSeconds(10));
        http.Dispose();
    }

    [Fact]
    public async Task It_starts_as_its_configuration_says()
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await AskAsync("away"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync("limited"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync("limited"));
        Assert.Equal(0.005m, (await FiguresAsync()).GetProperty("cost").GetDecimal());
    }

    [Fact]
    public async Task A_script_is_set_shown_and_taken_back_while_it_runs()
    {
        var script = """{ "faults": [{ "status": 429, "retryAfter": "00:00:02", "next": 1 }, { "model": "o*", "fault": "contentPolicy" }] }""";
        Assert.Equal(HttpStatusCode.NoContent, await PutAsync("/simulator/script", script));

        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync("m"));
        Assert.Equal(HttpStatusCode.OK, await AskAsync("m"));
        Assert.Equal(HttpStatusCode.BadRequest, await AskAsync("o3"));
        var shown = await http.GetFromJsonAsync<JsonElement>("/simulator/script", Cancelled);
        Assert.Equal("contentPolicy", shown.GetProperty("faults")[1].GetProperty("fault").GetString());
        using var deleted = await http.DeleteAsync("/simulator/script", Cancelled);
        Assert.Equal(HttpStatusCode.OK, await AskAsync("o3"));
    }

    [Fact]
    public async Task A_script_that_makes_no_sense_is_refused_with_the_reason()
    {
        await Assert.AllAsync(
            new Dictionary<string, string>
            {
                ["""{ "faults": [{ "statuss": 503 }] }"""] = "statuss",
                ["""{ "faults": [{ "status": 503, "fraction": 2 }] }"""] = "Faults[0].Fraction",
                ["""{ "faults": [{ "fault": "sleep" }] }"""] = "$.faults[0].fault",
                ["""{ "faults": null }"""] = "faults",
            },
            async script =>
            {
                using var response = await http.PutAsync("/simulator/script", Json(script.Key), Cancelled);
                Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
                Assert.Contains(script.Value, await response.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
            });
    }

    [Fact]
    public async Task Limits_and_the_record_can_be_set_and_cleared_while_it_runs()
    {
        Assert.Equal(HttpStatusCode.NoContent, await PutAsync("/simulator/limits", """[{ "tokensPerMinute": 5 }]"""));
        Assert.Equal(HttpStatusCode.OK, await AskAsync("m"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await AskAsync("m"));
        using var noLimits = await http.DeleteAsync("/simulator/limits", Cancelled);
        Assert.Equal(HttpStatusCode.OK, await AskAsync("m"));

        Assert.Equal((3, 3), ((await FiguresAsync()).GetProperty("calls").GetInt32(), await CallsAsync()));
        using var cleared = await http.DeleteAsync("/simulator/calls", Cancelled);
        Assert.Equal((0, 0), ((await FiguresAsync()).GetProperty("calls").GetInt32(), await CallsAsync()));
    }

    [Fact]
    public async Task Clients_that_leave_at_any_moment_do_no_harm()
    {
        await PutAsync("/simulator/script", """{ "pace": [{ "latency": "00:00:00.010", "jitter": "00:00:00.030", "perToken": "00:00:00.005" }] }""");
        var chat = Clients.Official(new(http.BaseAddress!, "/v1")).GetChatClient("m").AsIChatClient();
        var random = new Random(5);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(async call =>
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Next(80)));
            try
            {
                await (call % 2 == 0
                    ? chat.GetStreamingResponseAsync("one two three four", cancellationToken: patience.Token).ToChatResponseAsync(patience.Token)
                    : chat.GetResponseAsync("one two three four", cancellationToken: patience.Token));
            }
            catch (OperationCanceledException)
            {
            }
        }));

        await Eventually.TrueAsync(async () => (await FiguresAsync()).GetProperty("inFlight").GetInt32() == 0);
        var outcomes = (await FiguresAsync()).GetProperty("byOutcome");
        Assert.True(outcomes.GetProperty("left").GetInt32() > 0);
        Assert.DoesNotContain(output, line => line.StartsWith("fail", StringComparison.Ordinal) || line.Contains("Exception", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_setting_that_there_is_not_stops_it_at_its_start()
    {
        var mistaken = TestProgram.Start(
            typeof(Simulator).Assembly.Location, new Dictionary<string, string?> { ["Simulator__Prizes"] = "1" }, output.Enqueue);

        Assert.NotEqual(0, await mistaken.Exited.WaitAsync(TimeSpan.FromSeconds(30), Cancelled));
        Assert.Contains(output, line => line.Contains("Prizes", StringComparison.Ordinal));
    }

    private async Task<bool> IsHealthyAsync()
    {
        try
        {
            return (await http.GetAsync("/health", Cancelled)).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<HttpStatusCode> AskAsync(string model)
    {
        using var response = await http.PostAsJsonAsync("/v1/chat/completions", Clients.Question("one two", model: model), Cancelled);
        return response.StatusCode;
    }

    private async Task<HttpStatusCode> PutAsync(string path, string json)
    {
        using var response = await http.PutAsync(path, Json(json), Cancelled);
        return response.StatusCode;
    }

    private async Task<JsonElement> FiguresAsync() => (await http.GetFromJsonAsync<JsonElement>("/simulator/figures", Cancelled)).GetProperty("all");

    private async Task<int> CallsAsync() => (await http.GetFromJsonAsync<JsonElement>("/simulator/calls", Cancelled)).GetProperty("calls").GetArrayLength();

    private static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");
}
