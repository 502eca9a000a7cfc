using Providers.Speech;
using Providers.Tests.Wire;

namespace Providers.Tests.Azure;

/// <summary>What tests of both services ask.</summary>
internal static class AzureCalls
{
    public const string Speech = "azure-speech";
    public const string Vision = "azure-vision";
    public const string Text = "good morning";

    private static readonly byte[] Pixel = Convert.FromHexString("89504E470D0A1A0A0000000D49484452000000640000003208020000");

    /// <summary>The header of 100 by 50 pixels.</summary>
    public static ReadableImage Image { get; } = ReadableImage.Read(Pixel);

    /// <summary>A tone.</summary>
    public static SpeechRecording Recording(int milliseconds = 500, int rate = 16_000, double hertz = 440) =>
        SpeechRecording.Read(WavFile.Write(Tone(milliseconds, rate, hertz), rate));

    public static short[] Tone(int milliseconds, int rate, double hertz) =>
        [.. Enumerable.Range(0, rate * milliseconds / 1000).Select(index => (short)(10_000 * Math.Sin(2 * Math.PI * hertz * index / rate)))];

    extension(ProviderHost host)
    {
        public Task AskAsync(string provider, CancellationToken cancellationToken) => provider == Speech
            ? host.Assessor(provider).AssessAsync(Recording(), Text, cancellationToken: cancellationToken)
            : host.Reader(provider).ReadAsync(Image, cancellationToken);

        public Task<ProviderException> FailureAsync(string provider) => Assert.ThrowsAsync<ProviderException>(() => host.AskAsync(provider, TestContext.Current.CancellationToken));
    }
}
