using System.Text.Json;
using Microsoft.Extensions.AI;
using Providers.Tests.Wire;

namespace Providers.Tests.Gemini;

/// <summary>What the simulator has no way to say, or doesn't look at.</summary>
public sealed class GeminiWireTests
{
    private const string PerMinute = """
        {"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"m","details":[
          {"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"GenerateContentPaidTierInputTokensPerModelPerMinute"}]},
          {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"45.5s"}]}}
        """;

    [Theory]
    [InlineData("SAFETY")]
    [InlineData("PROHIBITED_CONTENT")]
    [InlineData("RECITATION")]
    [InlineData("BLOCKLIST")]
    [InlineData("SPII")]
    public async Task Content_that_is_held_back_is_refused(string reason)
    {
        var body = """{"candidates":[{"content":{"role":"model","parts":[{"text":"al"}]},"finishReason":"REASON"}],"usageMetadata":{"promptTokenCount":4,"totalTokenCount":4}}"""
            .Replace("REASON", reason, StringComparison.Ordinal);
        await using var server = await CannedServer.StartAsync(200, body);
        await using var stream = await CannedServer.StreamAsync(body);
        using var host = ProviderHost.Gemini(new(server.Address));
        using var streaming = ProviderHost.Gemini(new(stream.Address));
        Assert.Equal((200, "content-refused", false, true), (await host.Chat("gemini").FailureAsync()).Facts());
        Assert.Equal((200, "content-refused", false, true), (await streaming.Chat("gemini").FailureAsync(streamed: true)).Facts());
    }

    [Fact]
    public async Task Thoughts_are_paid_for_and_are_not_the_answer()
    {
        await using var server = await CannedServer.StartAsync(200, """
            {"candidates":[{"content":{"role":"model","parts":[{"text":"hm","thought":true},{"text":"alpha"}]},"finishReason":"STOP"}],
             "usageMetadata":{"promptTokenCount":4,"candidatesTokenCount":1,"thoughtsTokenCount":9,"cachedContentTokenCount":2,"totalTokenCount":14},"modelVersion":"v-1"}
            """);
        using var host = ProviderHost.Gemini(new(server.Address));
        var response = await host.Chat("gemini").AskAsync();
        Assert.Equal(("alpha", "v-1"), (response.Text, response.ModelId));
        Assert.Equal((10, 9, 2), (response.Usage!.OutputTokenCount, response.Usage.ReasoningTokenCount, response.Usage.CachedInputTokenCount));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("<html>Welcome</html>")]
    [InlineData("""{"candidates":[{"finishReason":"OTHER"}]}""")]
    [InlineData("""{"candidates":7}""")]
    public async Task An_answer_of_another_form_is_a_bad_one(string body)
    {
        await using var server = await CannedServer.StartAsync(200, body);
        using var host = ProviderHost.Gemini(new(server.Address));
        Assert.Equal("bad-answer", (await host.Chat("gemini").FailureAsync()).Fault.Word);
    }

    [Theory]
    [InlineData("""{"candidates":[{"content":{"parts":[{"text":"alpha"}]}}]}""", "connection-lost")]
    [InlineData("""{"error":{"code":503,"status":"UNAVAILABLE"}}""", "server-error")]
    [InlineData("null", "bad-answer")]
    public async Task A_stream_that_does_not_end_as_it_should_has_failed(string last, string word)
    {
        await using var server = await CannedServer.StreamAsync("""{"candidates":[{"content":{"parts":[{"text":"alpha"}]}}]}""", last);
        using var host = ProviderHost.Gemini(new(server.Address));
        Assert.Equal(word, (await host.Chat("gemini").FailureAsync(streamed: true)).Fault.Word);
    }

    [Theory]
    [InlineData(400, """{"error":{"code":400,"status":"INVALID_ARGUMENT","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"API_KEY_INVALID"}]}}""", "not-authorised")]
    [InlineData(429, """{"error":{"details":[{"violations":[{"quotaId":"GenerateRequestsPerDayPerProjectPerModel-FreeTier"}]},{"retryDelay":"9s"}]}}""", "quota-exhausted")]
    [InlineData(429, PerMinute, "rate-limited")]
    [InlineData(503, "<html>Bad gateway</html>", "server-error")]
    [InlineData(400, "[]", "bad-request")]
    [InlineData(307, "", "not-found")]
    public async Task An_error_of_any_form_is_read(int status, string body, string word)
    {
        await using var server = await CannedServer.StartAsync(status, body, headers: ("Location", "http://127.0.0.1:1/"));
        using var host = ProviderHost.Gemini(new(server.Address));
        var fault = (await host.Chat("gemini").FailureAsync()).Fault;
        Assert.Equal((status, word), (fault.Status, fault.Word));
        Assert.Equal(body == PerMinute ? TimeSpan.FromSeconds(45.5) : null, fault.RetryAfter);
    }

    [Fact]
    public async Task The_request_has_Googles_form_and_the_key_is_in_its_header_and_nowhere_else()
    {
        await using var server = await CannedServer.StartAsync(500, "{}");
        using var host = ProviderHost.Gemini(new($"{server.Address}/v1beta/"));
        ChatMessage[] messages = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "one"), new(ChatRole.Assistant, "two"), new(ChatRole.User, "three")];
        ChatOptions options = new() { Temperature = 0.5f, MaxOutputTokens = 7, Instructions = "Be kind.", ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse("""{"type":"object"}""")) };
        await Assert.ThrowsAsync<ProviderException>(() => host.Chat("gemini").GetResponseAsync(messages, options, TestContext.Current.CancellationToken));

        Assert.StartsWith("POST /v1beta/models/the-model:generateContent\n", server.Request, StringComparison.Ordinal);
        Assert.EndsWith(
            """{"contents":[{"role":"user","parts":[{"text":"one"}]},{"role":"model","parts":[{"text":"two"}]},{"role":"user","parts":[{"text":"three"}]}],"systemInstruction":{"parts":[{"text":"Be kind."},{"text":"Be brief."}]},"generationConfig":{"temperature":0.5,"maxOutputTokens":7,"responseMimeType":"application/json","responseJsonSchema":{"type":"object"}}}""",
            server.Request, StringComparison.Ordinal);
        Assert.Equal($"x-goog-api-key: {ProviderHost.Key}", Assert.Single(server.Request!.Split('\n'), line => line.Contains(ProviderHost.Key, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_cannot_be_asked_is_the_callers_mistake()
    {
        using var host = ProviderHost.Gemini(new("http://127.0.0.1:1"));
        ChatMessage image = new(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")]);
        await Assert.ThrowsAsync<NotSupportedException>(() => host.Chat("gemini").GetResponseAsync([image], cancellationToken: TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<NotSupportedException>(() => host.Chat("gemini").AskAsync(new() { Tools = [new HostedWebSearchTool()] }));
    }
}
