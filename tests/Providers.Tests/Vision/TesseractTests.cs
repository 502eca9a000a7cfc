using Providers.Tests.Programs;

namespace Providers.Tests.Vision;

/// <summary>The real program, where it is installed.</summary>
public sealed class TesseractTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("text.png", ImageKind.Png)]
    [InlineData("text.jpg", ImageKind.Jpeg)]
    [InlineData("text.webp", ImageKind.WebP)]
    public async Task It_reads_what_is_written(string name, ImageKind kind)
    {
        SkipWithoutIt();
        var image = ReadableImage.Read(LocalHost.Resource(name));
        Assert.Equal((kind, 600, 120), (image.Kind, image.Width, image.Height));
        using var host = LocalHost.Build();
        var reading = await host.Reader("tesseract").ReadAsync(image, Token);
        Assert.Equal(["The mitochondrion makes energy", "for the whole cell."], reading.Lines.Select(line => line.Text));
        Assert.All(reading.Lines, line => Assert.InRange(line.Confidence!.Value, 0.8, 1));
        Assert.Null(reading.Caption);
        Assert.Empty(reading.Tags);
    }

    [Fact]
    public async Task A_broken_image_is_permanent()
    {
        SkipWithoutIt();
        using var host = LocalHost.Build();
        var image = ReadableImage.Read(LocalHost.Resource("text.png").AsSpan(0, 300));
        var failure = await Assert.ThrowsAsync<ProviderException>(() => host.Reader("tesseract").ReadAsync(image, Token));
        Assert.Equal(("bad-request", false), (failure.Fault.Word, failure.Fault.IsTransient));
    }

    [Fact]
    public async Task A_language_that_is_not_installed_is_told()
    {
        SkipWithoutIt();
        using var host = LocalHost.Build(("Providers:Tesseract:Languages", "eng+tlh_none"));
        var image = ReadableImage.Read(LocalHost.Resource("text.png"));
        var exception = await Record.ExceptionAsync(() => host.Reader("tesseract").ReadAsync(image, Token));
        // With one language of two it goes on.
        Assert.Null(exception);

        using var other = LocalHost.Build(("Providers:Tesseract:Languages", "tlh_none"));
        var failure = await Assert.ThrowsAsync<ProviderException>(() => other.Reader("tesseract").ReadAsync(image, Token));
        Assert.Equal(("not-installed", false), (failure.Fault.Word, failure.Fault.IsTransient));
    }

    private static void SkipWithoutIt() => Assert.SkipUnless(LocalHost.Has("/usr/bin/tesseract"), "The Debian package tesseract-ocr is not installed.");
}
