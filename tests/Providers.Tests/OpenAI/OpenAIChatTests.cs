using System.Text.Json;
using Microsoft.Extensions.AI;
using Providers.Tests.Wire;
using ProviderSimulator;

namespace Providers.Tests.OpenAI;

public sealed class OpenAIChatTests : IAsyncLifetime
{
    private Simulator simulator = null!; // Set before each test.
    private ProviderHost host = null!;

    private IChatClient Chat => host.Chat("openai");

    public async ValueTask InitializeAsync()
    {
        simulator = await Simulator.StartAsync();
        host = ProviderHost.OpenAI(simulator.OpenAI);
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
        Assert.Equal("openai", Chat.GetService<ChatClientMetadata>()?.ProviderName);
        Assert.True(Assert.Single(simulator.Record.Read().Calls).HasKey);
    }

    [Fact]
    public async Task A_stream_has_the_same_and_asks_for_the_tokens()
    {
        var updates = await Chat.StreamAsync();

        var response = updates.ToChatResponse();
        Assert.Equal(ChatCalls.Prompt, response.Text);
        Assert.Equal((4, 4), (response.Usage?.InputTokenCount, response.Usage?.OutputTokenCount));
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.True(updates.Count(update => update.Text.Length > 0) == 4);
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
    public async Task An_answer_cut_short_by_the_callers_own_limit_is_one()
    {
        var response = await Chat.AskAsync(new() { MaxOutputTokens = 2, ResponseFormat = ChatResponseFormat.Json });
        Assert.Equal(ChatFinishReason.Length, response.FinishReason);
    }

    [Fact]
    public async Task Embeddings_come_in_the_order_of_their_texts_with_the_tokens()
    {
        var embeddings = await host.Embeddings().GenerateAsync(["one two", "three"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(2, embeddings.Count);
        Assert.Equal(3, embeddings.Usage?.InputTokenCount);
        Assert.Equal("the-embedding-model", Assert.Single(simulator.Record.Read().Calls).Model);
    }
}
