using Providers.Tests.Azure;
using Providers.Tests.Wire;
using ProviderSimulator;
using ProviderSimulator.Scripts;

namespace Providers.Tests.Vision;

public sealed class AzureVisionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_image_is_read_captioned_and_tagged()
    {
        await using var simulator = await Simulator.StartAsync();
        using var host = ProviderHost.Azure(simulator.Azure);
        var reading = await host.Reader("azure-vision").ReadAsync(AzureCalls.Image, Token);
        Assert.Equal("simulated text", reading.Lines[0].Text);
        Assert.Equal(0.8, reading.Lines[0].Confidence!.Value, tolerance: 1e-9); // Of words with 0.9 and 0.7.
        var call = Assert.Single(simulator.Record.Read().Calls);
        Assert.Equal(call.BodyHash[..8], reading.Lines[1].Text);
        Assert.Equal((Operation.Vision, "image-analysis", true), (call.Operation, call.Model, call.HasKey));
        Assert.Equal(new Described("a simulated image", 0.8), reading.Caption);
        Assert.Equal([new("text", 0.9), new("image", 0.6)], reading.Tags);
    }

    [Fact]
    public async Task An_image_without_text_has_no_lines()
    {
        await using var simulator = await Simulator.StartAsync();
        simulator.Script = new() { Faults = [new() { Fault = Fault.Empty }] };
        using var host = ProviderHost.Azure(simulator.Azure);
        Assert.Empty((await host.Reader("azure-vision").ReadAsync(AzureCalls.Image, Token)).Lines);
    }

    [Theory]
    [InlineData("true", "true", "read,caption,tags")]
    [InlineData("true", "false", "read,caption")]
    [InlineData("false", "false", "read")]
    public async Task What_is_asked_for_is_configured(string caption, string tags, string features)
    {
        await using var server = await CannedServer.StartAsync(200, """{"readResult":{"blocks":[]},"captionResult":{"text":"c","confidence":1},"tagsResult":{"values":[]}}""");
        using var host = ProviderHost.Build(
            builder => builder.AddAzureVision(),
            time: null,
            ("AZURE_VISION_ENDPOINT", server.Address + "/"), ("AZURE_VISION_KEY", ProviderHost.Key),
            ("Providers:AzureVision:Caption", caption), ("Providers:AzureVision:Tags", tags));
        var reading = await host.Reader("azure-vision").ReadAsync(AzureCalls.Image, Token);
        Assert.Equal(caption == "true", reading.Caption is not null);
        Assert.StartsWith($"POST /computervision/imageanalysis:analyze?api-version=2024-02-01&features={features}\n", server.Request, StringComparison.Ordinal);
        Assert.Contains("\nContent-Type: application/octet-stream\n", server.Request, StringComparison.Ordinal);
        Assert.Contains($"\nOcp-Apim-Subscription-Key: {ProviderHost.Key}\n", server.Request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_region_without_captions_is_told_with_the_setting()
    {
        await using var server = await CannedServer.StartAsync(400, """{"error":{"code":"InvalidRequest","innererror":{"code":"NotSupportedFeature"}}}""");
        using var host = ProviderHost.Azure(new(server.Address));
        var failure = await host.FailureAsync("azure-vision");
        Assert.Equal((400, "not-supported", false, false), failure.Facts());
        Assert.EndsWith("(HTTP 400): set Providers:AzureVision:Caption to false where a region has no captions.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"readResult":{"blocks":[]}}""")]
    [InlineData("""{"readResult":{"blocks":[null]},"captionResult":{"text":"c","confidence":1},"tagsResult":{}}""")]
    [InlineData("""{"readResult":{"blocks":[{"lines":[{}]}]},"captionResult":{"text":"c","confidence":1},"tagsResult":{}}""")]
    [InlineData("""{"readResult":{"blocks":[{"lines":[{"text":"a","words":[{"confidence":-1}]}]}]},"captionResult":{"text":"c","confidence":1},"tagsResult":{}}""")]
    [InlineData("""{"readResult":{},"captionResult":{"confidence":1},"tagsResult":{}}""")]
    [InlineData("""{"readResult":{},"captionResult":{"text":"c","confidence":1},"tagsResult":{"values":[{"name":"a"}]}}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public async Task An_answer_without_what_was_asked_for_is_none(string body)
    {
        await using var server = await CannedServer.StartAsync(200, body);
        using var host = ProviderHost.Azure(new(server.Address));
        var failure = await host.FailureAsync("azure-vision");
        Assert.Equal(("bad-answer", true, true), (failure.Fault.Word, failure.Fault.IsTransient, failure.Fault.MayHaveCost));
    }
}
