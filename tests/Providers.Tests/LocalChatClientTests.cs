using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Providers.Tests;

public sealed class LocalChatClientTests : IDisposable
{
    private readonly IHost host;
    private readonly IChatClient client;

    public LocalChatClientTests()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.AddLocalChatClient();
        host = builder.Build();
        client = host.Services.GetRequiredKeyedService<IChatClient>("local");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => host.Dispose();

    [Fact]
    public async Task The_answer_is_the_json_that_the_schema_asks_for()
    {
        var response = await client.GetResponseAsync(Ask(PageTexts.Read("biology")), Options("flashcards", 5), Token);
        var cards = JsonDocument.Parse(response.Text).RootElement.GetProperty("flashcards");
        Assert.Equal(5, cards.GetArrayLength());
        Assert.All(cards.EnumerateArray(), card => Assert.Equal(["question", "answer", "source"], card.EnumerateObject().Select(property => property.Name)));
    }

    [Fact]
    public async Task The_last_user_message_is_the_text()
    {
        ChatMessage[] messages =
        [
            new(ChatRole.User, "A lever is a rigid bar that turns about a fixed point."),
            new(ChatRole.Assistant, "{}"),
            new(ChatRole.User, "A pulley is a grooved wheel that carries a rope."),
        ];
        var response = await client.GetResponseAsync(messages, Options("flashcards", 5), Token);
        Assert.Equal("""{"flashcards":[{"question":"What is a pulley?","answer":"A grooved wheel that carries a rope","source":"A pulley is a grooved wheel that carries a rope."}]}""", response.Text);
    }

    [Fact]
    public async Task A_text_without_sentences_gives_an_empty_array() =>
        Assert.Equal("""{"flashcards":[]}""", (await client.GetResponseAsync(Ask("..."), Options("flashcards", 5), Token)).Text);

    [Fact]
    public async Task Usage_counts_words_and_punctuation_marks_of_the_text_and_the_answer()
    {
        var response = await client.GetResponseAsync(Ask("Hello, world."), Options("flashcards", 5), Token);
        Assert.Equal((4, 8, 12), (response.Usage?.InputTokenCount, response.Usage?.OutputTokenCount, response.Usage?.TotalTokenCount));
        Assert.Equal("local-extractive", response.ModelId);
    }

    [Fact]
    public async Task Streaming_gives_the_same_answer_in_pieces()
    {
        var text = Ask(PageTexts.Read("law"));
        var whole = await client.GetResponseAsync(text, Options("flashcards", 10), Token);
        var pieces = await client.GetStreamingResponseAsync(text, Options("flashcards", 10), Token).ToListAsync(Token);
        Assert.True(pieces.Count > 5);
        var joined = pieces.ToChatResponse();
        Assert.Equal((whole.Text, whole.Usage?.TotalTokenCount, whole.ModelId), (joined.Text, joined.Usage?.TotalTokenCount, joined.ModelId));
    }

    [Fact]
    public async Task An_unknown_schema_is_refused_with_what_is_known()
    {
        var refusal = await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync(Ask("Hello."), Options("poem", 1), Token));
        Assert.Contains("'poem'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("flashcards", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_question_without_material_is_answered_by_saying_so()
    {
        var response = await client.GetResponseAsync(Ask("What is osmosis?"), cancellationToken: Token);

        Assert.Equal("The material doesn't say.", response.Text);
        Assert.Equal(4, response.Usage!.InputTokenCount);
    }

    [Fact]
    public async Task A_cancelled_call_is_not_answered()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.GetResponseAsync(Ask(PageTexts.Read("law")), Options("flashcards", 5), cancelled.Token));
    }

    [Fact]
    public void The_metadata_names_the_provider()
    {
        var metadata = client.GetService<ChatClientMetadata>();
        Assert.Equal(("local", "local-extractive"), (metadata?.ProviderName, metadata?.DefaultModelId));
        Assert.Same(client, client.GetService<IChatClient>());
        Assert.Null(client.GetService<string>());
        Assert.Null(client.GetService(typeof(IChatClient), "key"));
    }

    private static ChatMessage[] Ask(string text) => [new(ChatRole.System, "Make flashcards."), new(ChatRole.User, text)];

    private static ChatOptions Options(string name, int most) => new()
    {
        ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonDocument.Parse($$$"""
            {"type":"object","properties":{"{{{name}}}":{"type":"array","maxItems":{{{most}}} } } }
            """).RootElement, name),
    };
}
