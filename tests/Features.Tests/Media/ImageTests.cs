using System.Net;
using ProviderSimulator;
using Queueing;

namespace Features.Tests.Media;

/// <summary>An image, from the form to what it says.</summary>
public sealed class ImageTests(MediaServers servers)
{
    private const string Url = "/api/process-image";
    private const string Tesseract = "/usr/bin/tesseract";

    [Theory]
    [InlineData("text.png", "PNG")]
    [InlineData("text.jpg", "JPEG")]
    [InlineData("text.webp", "WebP")]
    public async Task What_is_written_in_an_image_is_read_line_by_line(string name, string kind)
    {
        Samples.SkipWithout("tesseract-ocr and tesseract-ocr-eng", Tesseract);
        await using var host = await servers.StartAsync();

        using var response = await host.ClientOf("test").PostFormAsync(Url, Uploading.Form(Samples.Text(name)));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var status = await host.EndOfAsync(response);
        Assert.Equal((JobState.Completed, "process-image", "vision", "tesseract"), (status.Status, status.Type, status.Queue, status.Usage?.Provider));
        var result = status.Result!.Value;
        Assert.Equal("The mitochondrion makes energy\nfor the whole cell.", result.GetProperty("text").GetString());
        Assert.All(result.GetProperty("lines").EnumerateArray(), line => Assert.InRange(line.GetProperty("confidence").GetDouble(), 0.5, 1));
        Assert.Equal($"A {kind} image of 600 by 120 pixels with 2 lines of text.", result.GetProperty("description").GetString());
        Assert.Equal(0, result.GetProperty("tags").GetArrayLength());
    }

    [Fact]
    public async Task What_another_program_has_drawn_is_read()
    {
        Samples.SkipWithout("imagemagick, fonts-dejavu-core, tesseract-ocr and tesseract-ocr-eng", Tesseract, "/usr/bin/convert", Samples.Font);
        await using var host = await servers.StartAsync();

        using var response = await host.ClientOf("test").PostFormAsync(Url, Uploading.Form(await Samples.DrawnAsync("Water boils at one hundred degrees")));

        Assert.Equal("Water boils at one hundred degrees", (await host.EndOfAsync(response)).Result?.GetProperty("text").GetString());
    }

    [Fact]
    public async Task By_configuration_Azure_reads_it_and_the_caption_is_its_description()
    {
        await using var simulator = await Simulator.StartAsync();
        await using var host = await servers.StartAsync(
            ("Vision:Chain:0", "azure-vision"), ("Providers:AzureVision:Endpoint", simulator.Azure.ToString()), ("Providers:AzureVision:ApiKey", "any"), ("Providers:AzureVision:Tags", "true"));

        using var response = await host.ClientOf("test").PostFormAsync(Url, Uploading.Form(Samples.Text()));

        var status = await host.EndOfAsync(response);
        Assert.Equal((JobState.Completed, "azure-vision"), (status.Status, status.Usage?.Provider));
        var result = status.Result!.Value;
        Assert.NotEqual(0, result.GetProperty("lines").GetArrayLength());
        Assert.NotEqual(0, result.GetProperty("tags").GetArrayLength());
        Assert.Equal(result.GetProperty("caption").GetProperty("text").GetString(), result.GetProperty("description").GetString());
    }

    [Fact]
    public async Task An_image_that_is_none_fails_for_good_and_says_why()
    {
        await using var host = await servers.StartAsync();

        using var response = await host.ClientOf("test").PostFormAsync(Url, Uploading.Form(Samples.Text()[..20]));

        var status = await host.EndOfAsync(response);
        Assert.Equal((JobState.Failed, "bad-media", 1), (status.Status, status.Error?.Type, status.Attempt));
    }

    [Fact]
    public async Task Where_no_program_is_installed_the_client_is_told_what_to_install_or_to_set()
    {
        await using var host = await servers.StartAsync(("Providers:Tesseract:Program", "/no/such/program"));

        using var response = await host.ClientOf("test").PostFormAsync(Url, Uploading.Form(Samples.Text()));

        var status = await host.EndOfAsync(response);
        Assert.Equal((JobState.Failed, "not-installed", false), (status.Status, status.Error?.Type, status.Error?.Transient));
        Assert.Contains("tesseract-ocr-eng", status.Error!.Message, StringComparison.Ordinal);
    }
}
