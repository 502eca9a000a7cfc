using Providers.Vision;

namespace Providers;

/// <summary>
/// A PNG, JPEG or WebP image, known by its first bytes: 1 byte to <see cref="LargestFile"/>, <see cref="ShortestSide"/> to
/// <see cref="LongestSide"/> pixels a side, and <see cref="MostPixels"/> in all. Its header alone is looked at: the rest may be broken.
/// </summary>
public sealed class ReadableImage
{
    /// <summary>The largest file, in bytes: 20 MiB.</summary>
    public const int LargestFile = 20 << 20;

    /// <summary>The shortest side, in pixels.</summary>
    public const int ShortestSide = 50;

    /// <summary>The longest side, in pixels.</summary>
    public const int LongestSide = 16_000;

    /// <summary>The most pixels: a small file can unfold to many, and each takes 4 bytes where it is read.</summary>
    public const int MostPixels = 100_000_000;

    private ReadableImage(byte[] file, ImageKind kind, int width, int height) => (File, Kind, Width, Height) = (file, kind, width, height);

    /// <summary>What kind of file it is.</summary>
    public ImageKind Kind { get; }

    /// <summary>In pixels, as its header says.</summary>
    public int Width { get; }

    /// <summary>In pixels, as its header says.</summary>
    public int Height { get; }

    internal byte[] File { get; }

    /// <param name="file">The file, which is copied.</param>
    /// <exception cref="BadMediaException">It is another kind of file, a broken one, or too large.</exception>
    public static ReadableImage Read(ReadOnlySpan<byte> file)
    {
        if (file.Length > LargestFile)
        {
            throw new BadMediaException($"The image must have at most {LargestFile} bytes, and has {file.Length}.");
        }

        var (kind, width, height) = ImageHeader.Read(file)
            ?? throw new BadMediaException("The image must be a PNG, JPEG or WebP file; it does not begin as one, or its header is broken.");
        return width is >= ShortestSide and <= LongestSide && height is >= ShortestSide and <= LongestSide && (long)width * height <= MostPixels
            ? new([.. file], kind, width, height)
            : throw new BadMediaException(
                $"The image must have {ShortestSide} to {LongestSide} pixels a side and at most {MostPixels} in all, and has {width} by {height}.");
    }
}
