using System.Text.Json;
using Microsoft.Extensions.AI;
using Providers.Tests.Wire;
using ProviderSimulator;

namespace Providers.Tests.Gemini;

public sealed class GeminiChatTests : IAsyncLifetime
{
    private Simulator simulator = null!; // Set before each test.
    private ProviderHost host = null!;

    private IChatClient Chat => host.Chat("gemini");

    public async ValueTask InitializeAsync()
    {
        simulator = await Simulator.StartAsync();
        host = ProviderHost.Gemini(simulator.Gemini);
    }

    public async ValueTask DisposeAsync()
    {
        host.Dispose();
        await simulator.DisposeAsync();
    }

    [Fact]
    public async Task An_answer_has_text_tokens_and_the_model()
    {
        var response = await Chat.AskAsync();

        Assert.Equal(ChatCalls.Prompt, response.Text);
        Assert.Equal((4, 4, 8), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount));
        Assert.Equal((ProviderHost.Model, ChatFinishReason.Stop), (response.ModelId, response.FinishReason));
        Assert.Equal("gemini", Chat.GetService<ChatClientMetadata>()?.ProviderName);
        Assert.True(Assert.Single(simulator.Record.Read().Calls).HasKey);
    }

    [Fact]
    public async Task A_stream_has_the_same_and_tells_the_tokens_once()
    {
        var updates = await Chat.StreamAsync();

        var response = updates.ToChatResponse();
        Assert.Equal(ChatCalls.Prompt, response.Text);
        Assert.Equal((4, 4, 8), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount, response.Usage.TotalTokenCount));
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal(4, updates.Count(update => update.Text.Length > 0));
        Assert.True(Assert.Single(simulator.Record.Read().Calls).Streamed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_schema_is_answered_with_a_document(bool streamed)
    {
        ChatOptions options = new()
        {
            ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse("""
                { "type": "object", "required": ["name"], "additionalProperties": false, "properties": { "name": { "type": "string" } } }
                """), "thing"),
        };
        var text = streamed ? (await Chat.StreamAsync(options)).ToChatResponse().Text : (await Chat.AskAsync(options)).Text;
        Assert.False(string.IsNullOrEmpty(JsonDocument.Parse(text).RootElement.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task Instructions_and_roles_are_read()
    {
        ChatMessage[] messages = [new(ChatRole.System, "one two"), new(ChatRole.User, "three"), new(ChatRole.Assistant, "four"), new(ChatRole.User, "five")];
        var response = await Chat.GetResponseAsync(messages, new() { MaxOutputTokens = 1, ModelId = "models/other" }, TestContext.Current.CancellationToken);
        Assert.Equal(("five", 5, "other"), (response.Text, response.Usage!.InputTokenCount, response.ModelId));
    }

    [Fact]
    public async Task An_answer_cut_short_by_the_callers_own_limit_is_one() =>
        Assert.Equal(ChatFinishReason.Length, (await Chat.AskAsync(new() { MaxOutputTokens = 2 })).FinishReason);
}
