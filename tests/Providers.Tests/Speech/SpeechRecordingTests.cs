using System.Buffers.Binary;
using Providers.Speech;
using Providers.Tests.Azure;

namespace Providers.Tests.Speech;

public sealed class SpeechRecordingTests
{
    private const int FormatAt = 20;

    private static readonly byte[] Good = WavFile.Write(AzureCalls.Tone(100, 16_000, 440), 16_000);

    [Theory]
    [InlineData(8_000)]
    [InlineData(22_050)]
    [InlineData(48_000)]
    public void Its_duration_is_that_of_its_samples(int rate) =>
        Assert.Equal(TimeSpan.FromMilliseconds(500), AzureCalls.Recording(500, rate).Duration);

    [Theory]
    [InlineData(0, 3, "its format is 3 (PCM is 1) with 1 channels of 16 bit at 16000 Hz")] // Floats.
    [InlineData(2, 2, "with 2 channels")]
    [InlineData(2, 0, "with 0 channels")]
    [InlineData(4, 7_999, "at 7999 Hz")]
    [InlineData(4, 48_001, "at 48001 Hz")]
    [InlineData(14, 8, "of 8 bit")]
    public void Another_format_is_refused_and_told(int at, ushort value, string found)
    {
        byte[] file = [.. Good];
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(FormatAt + at), value);
        var message = Assert.Throws<BadMediaException>(() => SpeechRecording.Read(file)).Message;
        Assert.StartsWith("The recording must be a WAV file (PCM, 16 bit, one channel, 8000 to 48000 Hz): ", message, StringComparison.Ordinal);
        Assert.Contains(found, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(16)] // The format's part.
    [InlineData(40)] // The samples'.
    public void Sizes_that_lie_are_refused(int at)
    {
        foreach (var lie in (uint[])[0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, (uint)Good.Length])
        {
            byte[] file = [.. Good];
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), lie);
            Assert.Throws<BadMediaException>(() => SpeechRecording.Read(file));
        }
    }

    [Fact]
    public void A_file_that_ends_early_is_refused_wherever_it_ends()
    {
        for (var length = 0; length < Good.Length; length++)
        {
            Assert.Throws<BadMediaException>(() => SpeechRecording.Read(Good.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Whatever_a_byte_of_the_header_is_nothing_else_is_thrown()
    {
        for (var at = 0; at < 44; at++)
        {
            for (var value = 0; value < 256; value++)
            {
                byte[] file = [.. Good];
                file[at] = (byte)value;
                if (Record.Exception(() => SpeechRecording.Read(file).UsualSamples()) is { } exception)
                {
                    Assert.IsType<BadMediaException>(exception);
                }
            }
        }
    }

    [Fact]
    public void Other_parts_are_passed_over()
    {
        byte[] file = [.. Good.AsSpan(0, 12), .. "LIST"u8, 3, 0, 0, 0, 1, 2, 3, 0, .. Good.AsSpan(12)];
        Assert.Equal(SpeechRecording.Read(Good).UsualWav(), SpeechRecording.Read(file).UsualWav());
    }

    [Fact]
    public void No_more_than_the_most_is_taken() =>
        Assert.Contains("12582912", Assert.Throws<BadMediaException>(() => SpeechRecording.Read(new byte[SpeechRecording.LongestFile + 1])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(8_000)]
    [InlineData(22_050)]
    [InlineData(44_100)]
    [InlineData(48_000)]
    public void A_tone_stays_a_tone_at_16_kHz(int rate)
    {
        var samples = AzureCalls.Recording(500, rate, hertz: 1000).UsualSamples();
        var expected = AzureCalls.Tone(500, 16_000, 1000);
        Assert.Equal(expected.Length, samples.Length);
        for (var index = 200; index < samples.Length - 200; index++) // The ends have half of the filter.
        {
            Assert.InRange(samples[index] - expected[index], -150, 150);
        }
    }

    [Fact]
    public void What_16_kHz_cannot_carry_is_gone() =>
        Assert.All(AzureCalls.Recording(500, 48_000, hertz: 10_000).UsualSamples()[200..^200], sample => Assert.InRange(sample, -50, 50));
}
