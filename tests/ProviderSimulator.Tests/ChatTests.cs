using System.ComponentModel;
using Microsoft.Extensions.AI;
using ProviderSimulator.Answers;

namespace ProviderSimulator.Tests;

public sealed class ChatTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_answer_is_the_first_words_of_what_the_user_said_last()
    {
        await using var simulator = await Simulator.StartAsync(new() { AnswerTokens = 3 });

        var response = await simulator.Chat().GetResponseAsync(
            [new(ChatRole.System, "Be brief."), new(ChatRole.User, "An earlier word."), new(ChatRole.User, "Cells hold  DNA and more.")], cancellationToken: Cancelled);

        Assert.Equal("Cells hold  DNA", response.Text);
        Assert.Equal(Clients.Model, response.ModelId);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
    }

    [Fact]
    public async Task Usage_counts_the_words_of_all_messages_and_of_the_answer()
    {
        await using var simulator = await Simulator.StartAsync();

        var response = await simulator.Chat().GetResponseAsync(
            [new(ChatRole.System, "Be very brief."), new(ChatRole.User, [new TextContent("What is\n a cell?"), new TextContent("And DNA?")])], cancellationToken: Cancelled);

        Assert.Equal(Tokens.Of("Be very brief. What is\n a cell? And DNA?"), response.Usage!.InputTokenCount);
        Assert.Equal(9, response.Usage.InputTokenCount);
        Assert.Equal(Tokens.Of(response.Text), response.Usage.OutputTokenCount);
        Assert.Equal(15, response.Usage.TotalTokenCount);
    }

    [Fact]
    public async Task An_answer_ends_at_the_most_tokens_that_the_client_allows()
    {
        await using var simulator = await Simulator.StartAsync();

        var response = await simulator.Chat().GetResponseAsync("one two three four", new() { MaxOutputTokens = 2 }, Cancelled);

        Assert.Equal("one two ", response.Text);
        Assert.Equal(ChatFinishReason.Length, response.FinishReason);
    }

    [Fact]
    public async Task A_stream_has_a_piece_for_each_token_and_tells_usage_at_its_end()
    {
        await using var simulator = await Simulator.StartAsync();

        var updates = await simulator.Chat().GetStreamingResponseAsync("one two three four", cancellationToken: Cancelled).ToListAsync(Cancelled);

        Assert.Equal(["one ", "two ", "three ", "four"], updates.Select(update => update.Text).Where(text => text.Length > 0));
        var response = updates.ToChatResponse();
        Assert.Equal((4, 4), (response.Usage!.InputTokenCount, response.Usage.OutputTokenCount));
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
    }

    [Fact]
    public async Task A_stream_tells_usage_only_to_a_client_that_asks_and_ends_with_DONE()
    {
        await using var simulator = await Simulator.StartAsync();

        using var response = await simulator.PostAsync("/v1/chat/completions", Clients.Question("one two", stream: true));
        var events = await response.Content.ReadAsStringAsync(Cancelled);

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("prompt_tokens", events, StringComparison.Ordinal);
        Assert.EndsWith("\n\ndata: [DONE]\n\n", events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_by_a_schema_is_a_document_of_that_type()
    {
        await using var simulator = await Simulator.StartAsync();

        var cards = await simulator.Chat().GetResponseAsync<CardSet>("Mitochondria make energy. Ribosomes make proteins of all kinds.", cancellationToken: Cancelled);

        Assert.True(cards.TryGetResult(out var set));
        Assert.Equal(2, set.Cards.Count);
        Assert.NotEqual(set.Cards[0].Question, set.Cards[1].Question);
        Assert.Contains("Mitochondria", set.Cards[0].Question, StringComparison.Ordinal);
        Assert.InRange(set.Cards[0].Level, 1, 5);
    }

    [Fact]
    public async Task Models_are_those_that_there_are_and_others_are_unknown()
    {
        await using var simulator = await Simulator.StartAsync(new() { Models = [Clients.Model, "gpt-4o"] });

        var models = await Clients.Official(simulator.OpenAI).GetOpenAIModelClient().GetModelsAsync(Cancelled);

        Assert.Equal([Clients.Model, "gpt-4o"], models.Value.Select(model => model.Id));
        Assert.Null(await simulator.RefusalAsync());
        Assert.Equal(404, await simulator.RefusalAsync("gpt-2"));
    }

    private sealed record CardSet(IReadOnlyList<Card> Cards);

    private sealed record Card(string Question, string? Hint, [property: Description("From 1 to 5")] int Level, Kind Kind);

    private enum Kind
    {
        Question,
        Blank,
    }
}
