using System.Net.Http.Json;
using System.Text.Json;
using ProviderSimulator.Records;
using ProviderSimulator.Scripts;

namespace ProviderSimulator.Tests;

public sealed class GeminiTests
{
    private const string Path = "/v1beta/models/gemini-2.5-flash";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static readonly object Question = new
    {
        systemInstruction = new { parts = new[] { new { text = "Be brief." } } },
        contents = new[] { new { role = "user", parts = new[] { new { text = "one two three" } } } },
    };

    [Fact]
    public async Task An_answer_is_a_candidate_with_usage()
    {
        await using var simulator = await Simulator.StartAsync();

        var answer = await AskAsync(simulator, ":generateContent", Question);

        var candidate = answer.GetProperty("candidates")[0];
        Assert.Equal("one two three", TextOf(answer));
        Assert.Equal("STOP", candidate.GetProperty("finishReason").GetString());
        Assert.Equal("model", candidate.GetProperty("content").GetProperty("role").GetString());
        Assert.Equal("""{"promptTokenCount":5,"candidatesTokenCount":3,"totalTokenCount":8}""", answer.GetProperty("usageMetadata").GetRawText());
        var call = Assert.Single(simulator.Record.Read().Calls);
        Assert.Equal(("gemini-2.5-flash", Operation.Chat, 5, 3), (call.Model, call.Operation, call.PromptTokens, call.CompletionTokens));
    }

    [Fact]
    public async Task A_stream_is_a_line_of_such_answers_the_last_with_the_reason()
    {
        await using var simulator = await Simulator.StartAsync();

        using var response = await simulator.PostAsync($"{Path}:streamGenerateContent?alt=sse&key=secret", Question);
        var text = await response.Content.ReadAsStringAsync(Cancelled);

        var events = text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line["data: ".Length..])).ToList();
        Assert.Equal(["one ", "two ", "three", ""], events.Select(TextOf));
        Assert.Equal("STOP", events[^1].GetProperty("candidates")[0].GetProperty("finishReason").GetString());
        Assert.Equal(3, events[^1].GetProperty("usageMetadata").GetProperty("candidatesTokenCount").GetInt32());
        Assert.True(simulator.Record.Read().Calls[0].HasKey);
    }

    [Fact]
    public async Task A_schema_in_Googles_form_gives_a_document()
    {
        await using var simulator = await Simulator.StartAsync();

        var answer = await AskAsync(simulator, ":generateContent", new
        {
            contents = new[] { new { parts = new[] { new { text = "one" } } } },
            generationConfig = new { responseSchema = new { type = "ARRAY", items = new { type = "INTEGER" } } },
        });

        Assert.Equal([1, 1], JsonSerializer.Deserialize<int[]>(TextOf(answer))!);
    }

    [Fact]
    public async Task A_refusal_has_Googles_form_and_tells_in_it_when_to_come_back()
    {
        await using var simulator = await Simulator.StartAsync();
        simulator.Script = new() { Faults = [new() { Status = 429, RetryAfter = TimeSpan.FromSeconds(1.5) }] };

        var error = (await AskAsync(simulator, ":generateContent", Question, 429)).GetProperty("error");

        Assert.Equal((429, "RESOURCE_EXHAUSTED"), (error.GetProperty("code").GetInt32(), error.GetProperty("status").GetString()));
        Assert.Equal("1.5s", error.GetProperty("details")[0].GetProperty("retryDelay").GetString());
    }

    [Fact]
    public async Task Content_is_refused_in_an_answer_without_candidates()
    {
        await using var simulator = await Simulator.StartAsync();
        simulator.Script = new() { Faults = [new() { Fault = Fault.ContentPolicy }] };

        var answer = await AskAsync(simulator, ":generateContent", Question);

        Assert.Equal("PROHIBITED_CONTENT", answer.GetProperty("promptFeedback").GetProperty("blockReason").GetString());
        Assert.Equal(CallOutcome.Refused, simulator.Record.Read().Calls[0].Outcome);
    }

    private static string TextOf(JsonElement answer) =>
        answer.GetProperty("candidates")[0].GetProperty("content").TryGetProperty("parts", out var parts) ? parts[0].GetProperty("text").GetString()! : "";

    private static async Task<JsonElement> AskAsync(Simulator simulator, string method, object body, int status = 200)
    {
        using var response = await simulator.PostAsync(Path + method, body);
        Assert.Equal(status, (int)response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
    }
}
