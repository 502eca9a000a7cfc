using System.Diagnostics;
using Embedded.Processes;

namespace Features.Tests.Media;

/// <summary>Recordings and images.</summary>
internal static class Samples
{
    public const string Image = "text.png";

    /// <summary>Debian's fonts-dejavu-core.</summary>
    public const string Font = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf";

    /// <summary>Of a form with a file for an image, and one for a recording.</summary>
    public static readonly string[] Routes = ["/api/process-image", "/api/pronunciation-assess"];

    /// <summary>A WAV file of a tone: 16 kHz, 16 bit, one channel.</summary>
    public static byte[] Tone(int milliseconds = 500)
    {
        const int rate = 16_000;
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        var length = rate * milliseconds / 1000 * sizeof(short);
        writer.Write("RIFF"u8);
        writer.Write(36 + length);
        writer.Write("WAVEfmt "u8);
        writer.Write(16);
        writer.Write((short)1);
        writer.Write((short)1);
        writer.Write(rate);
        writer.Write(rate * sizeof(short));
        writer.Write((short)sizeof(short));
        writer.Write((short)16);
        writer.Write("data"u8);
        writer.Write(length);
        for (var index = 0; index < length / sizeof(short); index++)
        {
            writer.Write((short)(10_000 * Math.Sin(2 * Math.PI * 440 * index / rate)));
        }

        return file.ToArray();
    }

    /// <summary>An image of two lines of text.</summary>
    public static byte[] Text(string name = Image)
    {
        using var stream = typeof(Samples).Assembly.GetManifestResourceStream(name)!; // It is embedded.
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>A text read aloud by a synthetic voice.</summary>
    public static async Task<byte[]> SpeechAsync(string text)
    {
        using var folder = new TemporaryFolder("test-speech-");
        var path = Path.Combine(folder.Path, "speech.wav");
        await RunAsync("espeak-ng", ["-v", "en-us", "-s", "140", "-w", path, text]);
        return await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
    }

    /// <summary>A text that ImageMagick draws.</summary>
    public static async Task<byte[]> DrawnAsync(string text)
    {
        using var folder = new TemporaryFolder("test-image-");
        var path = Path.Combine(folder.Path, "text.png");
        await RunAsync("convert", ["-background", "white", "-fill", "black", "-font", Font, "-pointsize", "48", "-bordercolor", "white", "-border", "20", $"label:{text}", path]);
        return await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
    }

    public static void SkipWithout(string packages, params string[] files) =>
        Assert.SkipUnless(files.All(File.Exists), $"The Debian packages {packages} are not installed.");

    private static async Task RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }
}
