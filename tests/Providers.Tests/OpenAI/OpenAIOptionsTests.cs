using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using Providers.Tests.Wire;

namespace Providers.Tests.OpenAI;

public sealed class OpenAIOptionsTests
{
    [Theory]
    [InlineData("", "Providers:OpenAI:ApiKey, or OPENAI_API_KEY, must have the key for https://api.openai.com/v1.")]
    [InlineData("", "Providers:OpenAI:Model, or OPENAI_MODEL, must name a model.")]
    [InlineData("OPENAI_API_KEY=", "Providers:OpenAI:ApiKey, or OPENAI_API_KEY, must have the key for https://api.openai.com/v1.")]
    [InlineData("OPENAI_API_KEY=sk secret", "Providers:OpenAI:ApiKey, or OPENAI_API_KEY, has characters that no key has.")]
    [InlineData("Providers:OpenAI:Endpoint=localhost/v1", "Providers:OpenAI:Endpoint, or OPENAI_BASE_URL, must be an http or https address without user, query and fragment.")]
    [InlineData("OPENAI_BASE_URL=ftp://a/v1", "Providers:OpenAI:Endpoint, or OPENAI_BASE_URL, must be an http or https address without user, query and fragment.")]
    [InlineData("OPENAI_BASE_URL=https://u:p@a/v1", "Providers:OpenAI:Endpoint, or OPENAI_BASE_URL, must be an http or https address without user, query and fragment.")]
    [InlineData("Providers:OpenAI:Timeout=00:00:00", "The field OpenAIOptions.Timeout must be between 00:00:00.1000000 and 01:00:00.")]
    [InlineData("Providers:OpenAI:Modle=m", "'Modle'")]
    public async Task A_mistake_stops_the_start_and_names_the_key(string setting, string message)
    {
        using var host = Host(setting);
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());
        Assert.True(exception is OptionsValidationException or InvalidOperationException);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_names_of_the_environment_do()
    {
        await using var server = await CannedServer.StartAsync(500, "{}");
        using var host = Host($"OPENAI_BASE_URL={server.Address}/else", "OPENAI_API_KEY= sk-env\n", "OPENAI_MODEL=env-model");
        await host.StartAsync();
        await host.Chat("openai").FailureAsync();
        Assert.Contains("POST /else/chat/completions\n", server.Request, StringComparison.Ordinal);
        Assert.Contains("Bearer sk-env\n", server.Request, StringComparison.Ordinal);
        Assert.Contains("\"env-model\"", server.Request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_section_wins_over_them()
    {
        await using var server = await CannedServer.StartAsync(500, "{}");
        using var host = Host(
            "OPENAI_BASE_URL=http://127.0.0.1:1", "OPENAI_API_KEY=sk-env", "OPENAI_MODEL=env-model",
            $"Providers:OpenAI:Endpoint={server.Address}", "Providers:OpenAI:ApiKey=sk-own", "Providers:OpenAI:Model=own-model");
        await host.Chat("openai").FailureAsync();
        Assert.Contains("Bearer sk-own\n", server.Request, StringComparison.Ordinal);
        Assert.Contains("\"own-model\"", server.Request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_of_ones_own_needs_no_key_and_embeddings_need_a_model()
    {
        using var host = Host("OPENAI_BASE_URL=http://127.0.0.1:1/v1", "OPENAI_MODEL=m");
        await host.StartAsync();
        Assert.NotNull(host.Chat("openai").GetService<ChatClientMetadata>());
        Assert.Contains("Providers:OpenAI:EmbeddingModel", Assert.Throws<InvalidOperationException>(() => host.Embeddings()).Message, StringComparison.Ordinal);
    }

    private static ProviderHost Host(params string[] settings) => ProviderHost.Build(
        builder => builder.AddOpenAI(),
        time: null,
        [.. settings.Where(setting => setting.Length > 0).Select(setting => setting.Split('=', 2)).Select(pair => (pair[0], (string?)pair[1]))]);
}
