using Microsoft.Extensions.Options;
using Providers.Tests.Wire;

namespace Providers.Tests.Gemini;

public sealed class GeminiOptionsTests
{
    [Theory]
    [InlineData("", "Providers:Gemini:ApiKey, or GEMINI_API_KEY, must have the key.")]
    [InlineData("", "Providers:Gemini:Model, or GEMINI_MODEL, must name a model.")]
    [InlineData("GEMINI_API_KEY=sk secret", "Providers:Gemini:ApiKey, or GEMINI_API_KEY, has characters that no key has.")]
    [InlineData("Providers:Gemini:Endpoint=v1beta", "Providers:Gemini:Endpoint must be an http or https address without user, query and fragment.")]
    [InlineData("Providers:Gemini:Endpoint=https://a/v1beta?key=x", "Providers:Gemini:Endpoint must be an http or https address without user, query and fragment.")]
    [InlineData("Providers:Gemini:Timeout=02:00:00", "The field GeminiOptions.Timeout must be between 00:00:00.1000000 and 01:00:00.")]
    [InlineData("Providers:Gemini:EmbeddingDimensions=3073", "The field GeminiOptions.EmbeddingDimensions must be between 1 and 3072.")]
    [InlineData("Providers:Gemini:Modle=m", "'Modle'")]
    public async Task A_mistake_stops_the_start_and_names_the_key(string setting, string message)
    {
        using var host = Host(setting);
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());
        Assert.True(exception is OptionsValidationException or InvalidOperationException);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_names_of_the_environment_do_and_the_section_wins()
    {
        await using var server = await CannedServer.StartAsync(500, "{}");
        using var host = Host($"Providers:Gemini:Endpoint={server.Address}", "GEMINI_API_KEY=sk-env\n", "GEMINI_MODEL=env-model", "Providers:Gemini:Model=own");
        await host.StartAsync();
        await host.Chat("gemini").FailureAsync();
        Assert.Contains("x-goog-api-key: sk-env\n", server.Request, StringComparison.Ordinal);
        Assert.StartsWith("POST /models/own:generateContent\n", server.Request, StringComparison.Ordinal);
    }

    private static ProviderHost Host(params string[] settings) => ProviderHost.Build(
        builder => builder.AddGemini(),
        time: null,
        [.. settings.Where(setting => setting.Length > 0).Select(setting => setting.Split('=', 2)).Select(pair => (pair[0], (string?)pair[1]))]);
}
