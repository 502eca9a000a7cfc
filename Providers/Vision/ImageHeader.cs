using System.Buffers.Binary;

namespace Providers.Vision;

/// <summary>Reads what kind of image a file is, and how large.</summary>
internal static class ImageHeader
{
    /// <returns>Null for what is no image, or has no whole header.</returns>
    public static (ImageKind Kind, int Width, int Height)? Read(ReadOnlySpan<byte> file) => true switch
    {
        _ when file.StartsWith(Png) => ReadPng(file[8..]),
        _ when file.StartsWith(Jpeg) => ReadJpeg(file[2..]),
        _ when file.StartsWith("RIFF"u8) && file.Length >= 16 && file[8..].StartsWith("WEBP"u8) => ReadWebP(file[12..]),
        _ => null,
    };

    private static ReadOnlySpan<byte> Png => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> Jpeg => [0xFF, 0xD8, 0xFF];

    private static ReadOnlySpan<byte> Vp8 => [0x9D, 0x01, 0x2A];

    private static (ImageKind, int, int)? ReadPng(ReadOnlySpan<byte> rest) => rest.Length >= 16 && rest[4..].StartsWith("IHDR"u8)
        ? Sized(ImageKind.Png, BinaryPrimitives.ReadUInt32BigEndian(rest[8..]), BinaryPrimitives.ReadUInt32BigEndian(rest[12..]))
        : null;

    /// <summary>Walks the segments up to that of the frame.</summary>
    private static (ImageKind, int, int)? ReadJpeg(ReadOnlySpan<byte> rest)
    {
        while (rest.Length >= 4 && rest[0] == 0xFF)
        {
            var marker = rest[1];
            if (marker == 0xFF)
            {
                rest = rest[1..]; // Fill.
                continue;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            // C4, C8 and CC are no frames though they are among them.
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                return length >= 7 && rest.Length >= 9
                    ? Sized(ImageKind.Jpeg, BinaryPrimitives.ReadUInt16BigEndian(rest[7..]), BinaryPrimitives.ReadUInt16BigEndian(rest[5..]))
                    : null;
            }

            // Samples come next, or nothing has a length any more.
            if (marker is 0xDA or 0xD9 || length < 2 || length + 2 > rest.Length)
            {
                return null;
            }

            rest = rest[(length + 2)..];
        }

        return null;
    }

    private static (ImageKind, int, int)? ReadWebP(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < 18)
        {
            return null;
        }

        var chunk = rest[8..];
        return true switch
        {
            _ when rest.StartsWith("VP8X"u8) => Sized(ImageKind.WebP, 1 + Three(chunk[4..]), 1 + Three(chunk[7..])),
            _ when rest.StartsWith("VP8 "u8) && chunk[3..].StartsWith(Vp8) => Sized(
                ImageKind.WebP,
                BinaryPrimitives.ReadUInt16LittleEndian(chunk[6..]) & 0x3FFFu,
                BinaryPrimitives.ReadUInt16LittleEndian(chunk[8..]) & 0x3FFFu),
            _ when rest.StartsWith("VP8L"u8) && chunk[0] == 0x2F => Lossless(BinaryPrimitives.ReadUInt32LittleEndian(chunk[1..])),
            _ => null,
        };
    }

    private static (ImageKind, int, int)? Lossless(uint bits) => Sized(ImageKind.WebP, 1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF));

    private static uint Three(ReadOnlySpan<byte> bytes) => (uint)(bytes[0] | (bytes[1] << 8) | (bytes[2] << 16));

    private static (ImageKind, int, int)? Sized(ImageKind kind, uint width, uint height) =>
        (kind, (int)Math.Min(width, int.MaxValue), (int)Math.Min(height, int.MaxValue));
}
