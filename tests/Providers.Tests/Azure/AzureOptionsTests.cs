using Microsoft.Extensions.Options;
using Providers.Tests.Wire;

namespace Providers.Tests.Azure;

public sealed class AzureOptionsTests
{
    private static readonly string[] Enough =
        ["AZURE_SPEECH_KEY=k", "AZURE_SPEECH_REGION=westeurope", "AZURE_VISION_KEY=k", "AZURE_VISION_ENDPOINT=https://a.cognitiveservices.azure.com"];

    [Theory]
    [InlineData("AZURE_SPEECH_REGION=", "Providers:AzureSpeech:Region, or AZURE_SPEECH_REGION, must name a region.")]
    [InlineData("AZURE_SPEECH_REGION=evil.example/secret", "Providers:AzureSpeech:Region, or AZURE_SPEECH_REGION, must be letters, digits and hyphens.")]
    [InlineData("AZURE_SPEECH_KEY=", "Providers:AzureSpeech:ApiKey, or AZURE_SPEECH_KEY, must have the key.")]
    [InlineData("AZURE_SPEECH_KEY=a secret", "Providers:AzureSpeech:ApiKey, or AZURE_SPEECH_KEY, has characters that no key has.")]
    [InlineData("Providers:AzureSpeech:Endpoint=v1", "Providers:AzureSpeech:Endpoint must be an http or https address without user, query and fragment.")]
    [InlineData("Providers:AzureSpeech:Language=a b", "Providers:AzureSpeech:Language must be the name of a language, such as en-US.")]
    [InlineData("Providers:AzureSpeech:Timeout=02:00:00", "The field AzureSpeechOptions.Timeout must be between 00:00:00.1000000 and 01:00:00.")]
    [InlineData("Providers:AzureSpeech:Regoin=x", "'Regoin'")]
    [InlineData("AZURE_VISION_ENDPOINT=", "Providers:AzureVision:Endpoint, or AZURE_VISION_ENDPOINT, must be an http or https address without user, query and fragment.")]
    [InlineData("AZURE_VISION_ENDPOINT=https://a/?secret", "Providers:AzureVision:Endpoint, or AZURE_VISION_ENDPOINT, must be an http or https address without user, query and fragment.")]
    [InlineData("AZURE_VISION_KEY=", "Providers:AzureVision:ApiKey, or AZURE_VISION_KEY, must have the key.")]
    [InlineData("AZURE_VISION_KEY=a secret", "Providers:AzureVision:ApiKey, or AZURE_VISION_KEY, has characters that no key has.")]
    [InlineData("Providers:AzureVision:Timeout=00:00:00", "The field AzureVisionOptions.Timeout must be between 00:00:00.1000000 and 01:00:00.")]
    [InlineData("Providers:AzureVision:Tgas=true", "'Tgas'")]
    public async Task A_mistake_stops_the_start_and_names_the_key(string setting, string message)
    {
        using var host = Host([.. Enough, setting]);
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());
        Assert.True(exception is OptionsValidationException or InvalidOperationException);
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_names_of_the_environment_are_enough()
    {
        using var host = Host(Enough);
        await host.StartAsync();
    }

    [Fact]
    public async Task The_section_wins_over_the_environment()
    {
        await using var server = await CannedServer.StartAsync(500, "{}");
        using var host = Host(
            [.. Enough, $"Providers:AzureSpeech:Endpoint={server.Address}", "Providers:AzureSpeech:ApiKey=own", $"Providers:AzureVision:Endpoint={server.Address}/v"]);
        await host.FailureAsync(AzureCalls.Speech);
        Assert.Contains("Ocp-Apim-Subscription-Key: own\n", server.Request, StringComparison.Ordinal);
        await host.FailureAsync(AzureCalls.Vision);
        Assert.Contains("Ocp-Apim-Subscription-Key: k\n", server.Request, StringComparison.Ordinal);
        Assert.StartsWith("POST /v/computervision/", server.Request, StringComparison.Ordinal);
    }

    private static ProviderHost Host(IEnumerable<string> settings) => ProviderHost.Build(
        builder =>
        {
            builder.AddAzureSpeech();
            builder.AddAzureVision();
        },
        time: null,
        // Of two settings of the same name the later one holds.
        [.. settings.Select(setting => setting.Split('=', 2)).GroupBy(pair => pair[0]).Select(group => (group.Key, (string?)group.Last()[1]))]);
}
