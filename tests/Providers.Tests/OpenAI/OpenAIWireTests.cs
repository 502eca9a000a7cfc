using Providers.Tests.Wire;

namespace Providers.Tests.OpenAI;

/// <summary>What the simulator has no way to say.</summary>
public sealed class OpenAIWireTests
{
    private const string Piece = """{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"alpha"},"finish_reason":null}]}""";

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("")]
    [InlineData("<html>Welcome</html>")]
    [InlineData("""{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[]}""")]
    [InlineData("""{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":null,"finish_reason":"stop"}]}""")]
    [InlineData("""{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":7},"finish_reason":"stop"}]}""")]
    [InlineData("""{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"king","content":"a"},"finish_reason":"stop"}]}""")]
    [InlineData("""{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"a"},"finish_reason":"boredom"}]}""")]
    public async Task An_answer_of_another_form_is_a_bad_one(string body)
    {
        await using var server = await CannedServer.StartAsync(200, body);
        using var host = ProviderHost.OpenAI(new(server.Address));
        var failure = await host.Chat("openai").FailureAsync();
        Assert.Equal(("bad-answer", true, true), (failure.Fault.Word, failure.Fault.IsTransient, failure.Fault.MayHaveCost));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"object":"list","model":"m","data":[{"object":"embedding","index":0,"embedding":"!"}],"usage":{"prompt_tokens":1,"total_tokens":1}}""")]
    public async Task Embeddings_of_another_form_are_bad_ones(string body)
    {
        await using var server = await CannedServer.StartAsync(200, body);
        using var host = ProviderHost.OpenAI(new(server.Address));
        var failure = await Assert.ThrowsAsync<ProviderException>(
            () => host.Embeddings().GenerateAsync(["one"], cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal("bad-answer", failure.Fault.Word);
    }

    [Theory]
    [InlineData("\"finish_reason\":\"content_filter\"", "\"content\":\"al\"")]
    [InlineData("\"finish_reason\":\"stop\"", "\"content\":null,\"refusal\":\"No.\"")]
    public async Task An_answer_that_the_provider_held_back_is_refused_and_has_cost_its_tokens(string finish, string content)
    {
        var body = """{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant",CONTENT},FINISH}],"usage":{"prompt_tokens":4,"completion_tokens":2,"total_tokens":6}}"""
            .Replace("FINISH", finish, StringComparison.Ordinal).Replace("CONTENT", content, StringComparison.Ordinal);
        await using var server = await CannedServer.StartAsync(200, body);
        using var host = ProviderHost.OpenAI(new(server.Address));
        var failure = await host.Chat("openai").FailureAsync();
        Assert.Equal((200, "content-refused", false, true), failure.Facts());
        Assert.Equal(6, failure.Usage?.TotalTokenCount);
    }

    [Theory]
    [InlineData("\"delta\":{},\"finish_reason\":\"content_filter\"")]
    [InlineData("\"delta\":{\"refusal\":\"No.\"},\"finish_reason\":\"stop\"")]
    public async Task A_stream_that_the_provider_held_back_is_too(string choice)
    {
        await using var server = await CannedServer.StreamAsync(
            Piece,
            """{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,CHOICE}]}""".Replace("CHOICE", choice, StringComparison.Ordinal),
            """{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":{"prompt_tokens":4,"completion_tokens":2,"total_tokens":6}}""",
            "[DONE]");
        using var host = ProviderHost.OpenAI(new(server.Address));
        var failure = await host.Chat("openai").FailureAsync(streamed: true);
        Assert.Equal((200, "content-refused", false, true), failure.Facts());
        Assert.Equal(6, failure.Usage?.TotalTokenCount);
    }

    [Fact]
    public async Task A_stream_that_just_stops_was_cut_and_the_tokens_it_told_are_kept()
    {
        await using var server = await CannedServer.StreamAsync(
            Piece.Replace("\"choices\"", "\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":1,\"total_tokens\":5},\"choices\"", StringComparison.Ordinal));
        using var host = ProviderHost.OpenAI(new(server.Address));
        var failure = await host.Chat("openai").FailureAsync(streamed: true);
        Assert.Equal((200, "connection-lost", true, true), failure.Facts());
        Assert.Equal(5, failure.Usage?.TotalTokenCount);
    }

    [Theory]
    [InlineData(503, "<html>Bad gateway</html>", "server-error")]
    [InlineData(429, """{"error":"slow"}""", "rate-limited")]
    [InlineData(429, """{"error":{"type":"insufficient_quota","code":"project_spend_limit_exceeded"}}""", "quota-exhausted")]
    [InlineData(400, """{"error":{"code":"context_length_exceeded"}}""", "too-large")]
    [InlineData(400, "[]", "bad-request")]
    [InlineData(307, "", "not-found")]
    public async Task An_error_of_any_form_is_read(int status, string body, string word)
    {
        await using var server = await CannedServer.StartAsync(status, body, headers: ("Location", "http://127.0.0.1:1/"));
        using var host = ProviderHost.OpenAI(new(server.Address));
        Assert.Equal((status, word), (await host.Chat("openai").FailureAsync()) is var failure ? (failure.Fault.Status, failure.Fault.Word) : default);
    }

    [Fact]
    public async Task Waits_are_read_in_OpenAIs_own_headers()
    {
        await using var server = await CannedServer.StartAsync(
            429, "{}", headers: [("x-ratelimit-remaining-requests", "0"), ("x-ratelimit-reset-requests", "6m0s")]);
        using var host = ProviderHost.OpenAI(new(server.Address));
        Assert.Equal(TimeSpan.FromMinutes(6), (await host.Chat("openai").FailureAsync()).Fault.RetryAfter);
    }

    [Fact]
    public async Task The_key_is_in_its_header_and_nowhere_else()
    {
        await using var server = await CannedServer.StartAsync(500, "{}");
        using var host = ProviderHost.OpenAI(new(server.Address));
        await host.Chat("openai").FailureAsync();
        Assert.Contains($"Authorization: Bearer {ProviderHost.Key}\n", server.Request, StringComparison.Ordinal);
        Assert.Single(server.Request!.Split('\n'), line => line.Contains(ProviderHost.Key, StringComparison.Ordinal));
    }
}
