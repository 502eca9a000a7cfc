namespace Providers.Tests.Vision;

public sealed class ReadableImageTests
{
    private const string Png = "89504E470D0A1A0A0000000D49484452000000640000003208020000";
    private const string Jpeg = "FFD8FFE000104A46494600010100000100010000FFC0001108003200640301220002110103";
    private const string WebPLossy = "524946461A000000574542505650382000000000300100" + "9D012A64003200" + "00000000";
    private const string WebPLossless = "524946461A000000574542505650384C000000002F63400C0000000000000000";
    private const string WebPExtended = "524946461A00000057454250565038580A00000010000000630000310000";

    [Theory]
    [InlineData(Png, ImageKind.Png)]
    [InlineData(Jpeg, ImageKind.Jpeg)]
    [InlineData(WebPLossy, ImageKind.WebP)]
    [InlineData(WebPLossless, ImageKind.WebP)]
    [InlineData(WebPExtended, ImageKind.WebP)]
    public void Its_first_bytes_tell_its_kind_and_size(string hex, ImageKind kind)
    {
        var image = ReadableImage.Read(Convert.FromHexString(hex));
        Assert.Equal((kind, 100, 50), (image.Kind, image.Width, image.Height));
    }

    [Theory]
    [InlineData("")]
    [InlineData("474946383961640032000000")] // GIF.
    [InlineData("89504E470D0A1A0A0000000D49444154000000640000003208020000")] // No IHDR.
    [InlineData("FFD8FFDA00104A46494600010100000100010000")] // Samples before a frame.
    [InlineData("FFD8FFE00000FFE00000FFE00000")] // Segments that go nowhere.
    [InlineData("FFD8FFFFFFFFFFFFFFFF")]
    [InlineData("524946461A00000057415645666D742000000000000000000000000000000000")] // WAV.
    public void Anything_else_is_refused(string hex) =>
        Assert.StartsWith("The image must be a PNG, JPEG or WebP file", Assert.Throws<BadMediaException>(() => ReadableImage.Read(Convert.FromHexString(hex))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(Png, 19, 49, "49 by 50")]
    [InlineData(Png, 16, 255, "by 50")] // Two thousand million pixels wide, or less than none.
    [InlineData(Png, 18, 100, "25700 by 50")]
    [InlineData(Jpeg, 26, 49, "100 by 49")]
    public void Sizes_out_of_bounds_are_refused(string hex, int at, byte value, string told)
    {
        var file = Convert.FromHexString(hex);
        file[at] = value;
        Assert.Contains(told, Assert.Throws<BadMediaException>(() => ReadableImage.Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_of_pixels_is_refused()
    {
        var file = Convert.FromHexString(Png);
        (file[18], file[22]) = (0x3E, 0x3E); // 15,972 by 15,922.
        Assert.Contains("at most 100000000 in all", Assert.Throws<BadMediaException>(() => ReadableImage.Read(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_more_than_the_most_is_taken() =>
        Assert.Contains("20971520", Assert.Throws<BadMediaException>(() => ReadableImage.Read(new byte[ReadableImage.LargestFile + 1])).Message, StringComparison.Ordinal);

    [Fact]
    public void Files_that_end_early_or_have_any_other_byte_throw_nothing_else()
    {
        foreach (var hex in (string[])[Png, Jpeg, WebPLossy, WebPLossless, WebPExtended])
        {
            var good = Convert.FromHexString(hex);
            for (var at = 0; at < good.Length; at++)
            {
                OnlyBadMedia(good[..at]);
                for (var value = 0; value < 256; value++)
                {
                    byte[] file = [.. good];
                    file[at] = (byte)value;
                    OnlyBadMedia(file);
                }
            }
        }
    }

    private static void OnlyBadMedia(byte[] file)
    {
        if (Record.Exception(() => ReadableImage.Read(file)) is { } exception)
        {
            Assert.IsType<BadMediaException>(exception);
        }
    }
}
