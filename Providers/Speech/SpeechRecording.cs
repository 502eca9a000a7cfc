using Providers.Speech;

namespace Providers;

/// <summary>
/// Speech from a WAV file: PCM, 16 bit, one channel, 8 to 48 kHz, at most <see cref="LongestFile"/> bytes. Only the samples are kept of
/// the file: nothing else that it has reaches a provider or a program.
/// </summary>
public sealed class SpeechRecording
{
    /// <summary>The largest file, in bytes: 12 MiB, which is 2 min at 48 kHz.</summary>
    public const int LongestFile = 12 << 20;

    /// <summary>What providers are sent, in samples a second.</summary>
    internal const int UsualRate = 16_000;

    // A hundredth of full scale; a quiet voice is ten times as loud.
    private const int SilentPeak = 327;

    private readonly short[] samples;
    private readonly int rate;

    private SpeechRecording(short[] samples, int rate) => (this.samples, this.rate) = (samples, rate);

    /// <summary>How long it is; more than zero.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds((double)samples.Length / rate);

    /// <summary>Whether nothing in it is loud enough to be speech.</summary>
    internal bool IsSilent => !samples.AsSpan().ContainsAnyExceptInRange((short)-SilentPeak, (short)SilentPeak);

    /// <param name="wav">The file.</param>
    /// <exception cref="BadMediaException">It is another kind of file, or a broken one.</exception>
    public static SpeechRecording Read(ReadOnlySpan<byte> wav)
    {
        if (wav.Length > LongestFile)
        {
            throw new BadMediaException($"The recording must have at most {LongestFile} bytes, and has {wav.Length}.");
        }

        var (samples, rate) = WavFile.Read(wav);
        return new(samples, rate);
    }

    /// <summary>At 16 kHz, which is what the providers' models were made with.</summary>
    internal short[] UsualSamples() => Resampling.Convert(samples, rate, UsualRate);

    /// <summary>The same as a WAV file, with no more than the plainest header.</summary>
    internal byte[] UsualWav() => WavFile.Write(UsualSamples(), UsualRate);
}
