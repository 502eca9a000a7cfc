using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TestPackages;

namespace AppHost.Tests;

/// <summary>A recording and an image, through every service.</summary>
[Collection(nameof(Topology))] // One at a time: a test here kills parts of the topology that all share.
public sealed class MediaJourneyTests(Topology topology)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_recording_is_judged_by_what_was_to_be_read()
    {
        SkipWithout("espeak-ng, pocketsphinx and pocketsphinx-en-us", "/usr/bin/espeak-ng", "/usr/bin/pocketsphinx_batch", "/usr/share/pocketsphinx/model/en-us/cmudict-en-us.dict");
        const string text = "The weather is very good today.";
        var path = Path.Combine(Directory.CreateTempSubdirectory("test-speech-").FullName, "speech.wav");
        using (var voice = Process.Start("espeak-ng", ["-v", "en-us", "-s", "140", "-w", path, text]))
        {
            await voice.WaitForExitAsync(Cancellation);
        }

        using var form = new MultipartFormDataContent
        {
            { new StringContent(text), "referenceText" },
            { new StringContent("en-US"), "language" },
            { new ByteArrayContent(await File.ReadAllBytesAsync(path, Cancellation)), "file", "speech.wav" },
        };
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);

        var result = await ResultAsync("/api/pronunciation-assess", form);

        Assert.Equal(6, result.GetProperty("words").GetArrayLength());
        Assert.InRange(result.GetProperty("pronunciation").GetDouble(), 1, 100);
    }

    [Fact]
    public async Task An_image_is_read()
    {
        SkipWithout("tesseract-ocr and tesseract-ocr-eng", "/usr/bin/tesseract");
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "text.png"), Cancellation)), "file", "text.png" },
        };

        var result = await ResultAsync("/api/process-image", form);

        Assert.Equal("The mitochondrion makes energy\nfor the whole cell.", result.GetProperty("text").GetString());
        Assert.Equal("A PNG image of 600 by 120 pixels with 2 lines of text.", result.GetProperty("description").GetString());
    }

    [Fact]
    public async Task A_scanned_page_of_a_manual_is_read()
    {
        SkipWithout("tesseract-ocr, tesseract-ocr-eng and poppler-utils", "/usr/bin/tesseract", "/usr/bin/pdftoppm");
        var pdf = await DebianPdfs.FindAsync("bash-doc", "usr/share/doc/bash/bash.pdf", Cancellation);
        Assert.SkipWhen(pdf is null, "The package bash-doc can't be had.");
        var folder = Directory.CreateTempSubdirectory("test-scan-").FullName;
        using (var scanner = Process.Start("pdftoppm", ["-png", "-r", "150", "-gray", "-f", "5", "-l", "5", "-singlefile", pdf, Path.Combine(folder, "page")]))
        {
            await scanner.WaitForExitAsync(Cancellation);
        }

        using var form = new MultipartFormDataContent { { new ByteArrayContent(await File.ReadAllBytesAsync(Path.Combine(folder, "page.png"), Cancellation)), "file", "page.png" } };
        Directory.Delete(folder, recursive: true);

        var result = await ResultAsync("/api/process-image", form);

        Assert.Contains("do not remain in effect after the command completes", result.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    private static void SkipWithout(string packages, params string[] files) =>
        Assert.SkipUnless(files.All(File.Exists), $"The Debian packages {packages} are not installed.");

    private async Task<JsonElement> ResultAsync(string url, HttpContent form)
    {
        using var response = await topology.Api.PostAsync(url, form, Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var receipt = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        Assert.Equal("queued", receipt.GetProperty("status").GetString());

        var events = await topology.Api.FollowAsync(receipt.GetProperty("eventsUrl").GetString()!);

        Assert.Equal("completed", events[^1].EventType);
        return (await topology.Api.StatusAsync(receipt.GetProperty("statusUrl").GetString()!)).GetProperty("result");
    }
}
