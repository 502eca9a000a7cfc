using System.Text.Json;
using Features.Flashcards;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Providers;
using ProviderSimulator;

namespace Features.Tests;

public sealed class FlashcardPromptTests
{
    [Theory]
    [InlineData("openai", false)]
    [InlineData("openai", true)]
    [InlineData("gemini", false)]
    [InlineData("gemini", true)]
    public async Task A_model_far_away_is_asked_for_cards_and_makes_them(string provider, bool streamed)
    {
        var token = TestContext.Current.CancellationToken;
        await using var simulator = await Simulator.StartAsync();
        using var host = Build(simulator);
        var chat = host.Services.GetRequiredKeyedService<IChatClient>(provider);
        var (messages, options) = (FlashcardPrompt.Messages(new("A lever is a rigid bar.", "Physics", "Machines")), FlashcardPrompt.Options(10));

        var response = streamed
            ? await chat.GetStreamingResponseAsync(messages, options, token).ToChatResponseAsync(token)
            : await chat.GetResponseAsync(messages, options, token);

        var set = JsonSerializer.Deserialize<FlashcardSet>(response.Text, JsonSerializerOptions.Web);
        Assert.NotEmpty(set!.Flashcards);
        Assert.All(set.Flashcards, card => Assert.NotEqual("", card.Question + card.Answer + card.Source));
        Assert.True(response.Usage is { InputTokenCount: > 5, OutputTokenCount: > 5 });
    }

    private static IHost Build(Simulator simulator)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["OPENAI_BASE_URL"] = simulator.OpenAI.ToString(),
            ["OPENAI_API_KEY"] = "any",
            ["OPENAI_MODEL"] = "m",
            ["Providers:Gemini:Endpoint"] = simulator.Gemini.ToString(),
            ["GEMINI_API_KEY"] = "any",
            ["GEMINI_MODEL"] = "m",
        });
        builder.AddOpenAI();
        builder.AddGemini();
        return builder.Build();
    }
}
