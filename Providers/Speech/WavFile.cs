using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Providers.Speech;

/// <summary>Reads and writes WAV files. Nothing that a header says is believed before it is held against what is there.</summary>
internal static class WavFile
{
    private const int HeaderLength = 44;
    private const ushort Pcm = 1;
    private const ushort Extensible = 0xFFFE;
    private const int LowestRate = 8_000;
    private const int HighestRate = 48_000;

    private const string Expected = "The recording must be a WAV file (PCM, 16 bit, one channel, 8000 to 48000 Hz)";

    /// <exception cref="BadMediaException">It is another kind of file, or a broken one.</exception>
    public static (short[] Samples, int Rate) Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < 12 || !file.StartsWith("RIFF"u8) || !file[8..].StartsWith("WAVE"u8))
        {
            throw Bad("it does not begin as one");
        }

        int? rate = null;
        for (var rest = file[12..]; rest.Length >= 8;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            var isFormat = rest.StartsWith("fmt "u8);
            var isData = rest.StartsWith("data"u8);
            rest = rest[8..];
            if (length > rest.Length)
            {
                throw Bad($"a part of it says {length} bytes, and {rest.Length} are there");
            }

            var part = rest[..(int)length];
            if (isFormat)
            {
                rate = RateOf(part);
            }
            else if (isData)
            {
                return (SamplesOf(part), rate ?? throw Bad("it has no format before its samples"));
            }

            // Parts of an odd length have a byte behind them, which some writers leave out at the end.
            rest = rest[Math.Min(rest.Length, (int)length + ((int)length & 1))..];
        }

        throw Bad("it has no samples");
    }

    public static byte[] Write(ReadOnlySpan<short> samples, int rate)
    {
        var length = samples.Length * sizeof(short);
        var file = new byte[HeaderLength + length];
        var header = file.AsSpan();
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], HeaderLength - 8 + length);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], Pcm);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], rate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], rate * sizeof(short));
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], sizeof(short));
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], 8 * sizeof(short));
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[40..], length);
        Samples(samples, header[HeaderLength..]);
        return file;
    }

    /// <summary>Without a header.</summary>
    public static byte[] Raw(ReadOnlySpan<short> samples)
    {
        var bytes = new byte[samples.Length * sizeof(short)];
        Samples(samples, bytes);
        return bytes;
    }

    private static int RateOf(ReadOnlySpan<byte> format)
    {
        if (format.Length < 16)
        {
            throw Bad($"its format has {format.Length} bytes, not 16");
        }

        var kind = BinaryPrimitives.ReadUInt16LittleEndian(format);
        if (kind == Extensible && format.Length >= 26)
        {
            kind = BinaryPrimitives.ReadUInt16LittleEndian(format[24..]);
        }

        var channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        var rate = BinaryPrimitives.ReadUInt32LittleEndian(format[4..]);
        var bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        return (kind, channels, bits, rate) is (Pcm, 1, 16, >= LowestRate and <= HighestRate)
            ? (int)rate
            : throw Bad($"its format is {kind} (PCM is {Pcm}) with {channels} channels of {bits} bit at {rate} Hz");
    }

    private static short[] SamplesOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is 0 || bytes.Length % sizeof(short) != 0)
        {
            throw Bad($"{bytes.Length} bytes are no whole number of samples");
        }

        var samples = new short[bytes.Length / sizeof(short)];
        bytes.CopyTo(MemoryMarshal.AsBytes(samples.AsSpan()));
        if (!BitConverter.IsLittleEndian)
        {
            BinaryPrimitives.ReverseEndianness(samples, samples);
        }

        return samples;
    }

    private static void Samples(ReadOnlySpan<short> samples, Span<byte> bytes)
    {
        for (var index = 0; index < samples.Length; index++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes[(index * sizeof(short))..], samples[index]);
        }
    }

    private static BadMediaException Bad(string found) => new($"{Expected}: {found}.");
}
