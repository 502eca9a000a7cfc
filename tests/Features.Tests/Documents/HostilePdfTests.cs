using System.Security.Cryptography;
using System.Text;
using Features.Documents.Reading;

namespace Features.Tests.Documents;

public sealed class HostilePdfTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("hostile-pdfs-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_of_nothing_is_damaged() => Assert.Equal(PdfRefusals.Damaged, await RefusalAsync([]));

    [Fact]
    public async Task Garbage_that_begins_like_a_pdf_is_damaged() =>
        Assert.Equal(PdfRefusals.Damaged, await RefusalAsync([.. "%PDF-1.7\n"u8, .. RandomNumberGenerator.GetBytes(100_000)]));

    [Fact]
    public async Task A_page_tree_that_names_one_page_a_hundred_thousand_times_has_too_many() =>
        Assert.Equal(PdfRefusals.TooManyPages, await RefusalAsync(new HandmadePdf()
            .Add(1, "<< /Type /Catalog /Pages 2 0 R >>")
            .Add(2, $"<< /Type /Pages /Kids [{string.Concat(Enumerable.Repeat("3 0 R ", 100_000))}] /Count 100000 >>")
            .Add(3, "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] >>")
            .ToArray()));

    [Fact]
    public async Task A_page_tree_that_goes_in_a_circle_is_refused() =>
        Assert.Contains(
            await RefusalAsync(new HandmadePdf()
                .Add(1, "<< /Type /Catalog /Pages 2 0 R >>")
                .Add(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
                .Add(3, "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 1 >>")
                .ToArray()),
            new[] { PdfRefusals.Damaged, PdfRefusals.TooComplex });

    [Fact]
    public async Task Arrays_in_arrays_in_arrays_are_refused() =>
        Assert.Contains(
            await RefusalAsync(new HandmadePdf()
                .Add(1, $"<< /Type /Catalog /Pages 2 0 R /Deep {new string('[', 100_000)}{new string(']', 100_000)} >>")
                .Add(2, "<< /Type /Pages /Kids [] /Count 0 >>")
                .ToArray()),
            new[] { PdfRefusals.Damaged, PdfRefusals.TooComplex });

    [Fact]
    public async Task Drawings_that_draw_themselves_are_refused_or_left_out()
    {
        var pdf = HandmadePdf.OfPage("/X Do"u8.ToArray(), resources: "/XObject << /X 6 0 R >>")
            .AddStream(6, "/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << /XObject << /X 6 0 R >> >>", "/X Do"u8.ToArray());

        Assert.Contains(await RefusalAsync(pdf.ToArray()), new[] { PdfRefusals.Damaged, PdfRefusals.NoText, PdfRefusals.TooComplex });
    }

    [Fact]
    public async Task A_stream_that_unpacks_to_gigabytes_ends_at_the_memory_that_it_may_have()
    {
        var block = new byte[1 << 20];
        Array.Fill(block, (byte)' ');
        var bomb = HandmadePdf.Deflate(stream =>
        {
            for (var mebibytes = 0; mebibytes < 2_000; mebibytes++)
            {
                stream.Write(block);
            }
        });

        Assert.Equal(PdfRefusals.TooComplex, await RefusalAsync(HandmadePdf.OfPage(bomb, "/Filter /FlateDecode").ToArray(), limits => limits.MostMemoryMiB = 128));
    }

    [Fact]
    public async Task Tables_of_objects_that_go_in_a_circle_are_read_once() =>
        Assert.Equal("Round and round.", await TextAsync(HandmadePdf.OfPage(HandmadePdf.Lines("Round and round.")).ToArray(start => $"/Prev {start}")));

    [Theory]
    [InlineData(3)]
    [InlineData(100_000)]
    public async Task A_stream_that_lies_about_its_length_is_read_or_refused(int length)
    {
        var pdf = HandmadePdf.OfPage([]).AddStream(4, "", HandmadePdf.Lines("It says that it is of another length."), length).ToArray();

        var outcome = await Record.ExceptionAsync(async () => Assert.Equal("It says that it is of another length.", await TextAsync(pdf)));
        Assert.True(outcome is null or PdfRefusedException, outcome?.ToString());
    }

    [Fact]
    public async Task Pages_without_text_are_taken_for_a_scan()
    {
        var pdf = HandmadePdf.OfPage("q 612 0 0 792 0 0 cm /I Do Q"u8.ToArray(), resources: "/XObject << /I 6 0 R >>")
            .AddStream(6, "/Type /XObject /Subtype /Image /Width 8 /Height 8 /BitsPerComponent 8 /ColorSpace /DeviceGray", new byte[64]);

        var refused = await Assert.ThrowsAsync<PdfRefusedException>(() => TextAsync(pdf.ToArray()));
        Assert.Equal(PdfRefusals.NoText, refused.Type);
        Assert.Contains("OCR", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Encryption_that_no_empty_password_opens_needs_a_password()
    {
        var pdf = HandmadePdf.OfPage(HandmadePdf.Lines("Secret."))
            .Add(6, $"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{new string('a', 64)}> /U <{new string('b', 64)}> >>");
        pdf.Trailer = "/Encrypt 6 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>]";

        Assert.Equal(PdfRefusals.Encrypted, await RefusalAsync(pdf.ToArray()));
    }

    [Fact]
    public async Task More_text_than_is_read_is_refused() =>
        Assert.Equal(PdfRefusals.TooMuchText, await RefusalAsync(
            HandmadePdf.OfPage(HandmadePdf.Lines([.. Enumerable.Repeat("This line is said again and again.", 50)])).ToArray(),
            limits => limits.MostCharacters = 1_000));

    [Fact]
    public async Task No_refusal_says_anything_of_what_is_in_the_file()
    {
        var refused = await Assert.ThrowsAsync<PdfRefusedException>(() => TextAsync([.. "%PDF-1.7\n"u8, .. Encoding.ASCII.GetBytes("the patient's name")]));

        Assert.DoesNotContain("patient", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reading_that_nobody_waits_for_leaves_no_process()
    {
        var path = Path.Combine(folder, $"{Guid.NewGuid():N}.pdf");
        Assert.Equal(0, ProcessesWith(path));
        // A pipe that nobody writes to: opening it takes for ever.
        using (var pipe = System.Diagnostics.Process.Start("mkfifo", [path]))
        {
            await pipe.WaitForExitAsync(Token);
        }

        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var call = Readers.Create().ReadAsync(path, caller.Token);
        await Eventually.TrueAsync(() => ProcessesWith(path) > 0);
        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Eventually.TrueAsync(() => ProcessesWith(path) == 0);
    }

    [Fact]
    public async Task A_reading_that_takes_too_long_is_too_complex()
    {
        var path = Path.Combine(folder, "pipe.pdf");
        using (var pipe = System.Diagnostics.Process.Start("mkfifo", [path]))
        {
            await pipe.WaitForExitAsync(Token);
        }

        var refused = await Assert.ThrowsAsync<PdfRefusedException>(() => Readers.Create(limits => limits.Timeout = TimeSpan.FromSeconds(1)).ReadAsync(path, Token));
        Assert.Equal((PdfRefusals.TooComplex, 0), (refused.Type, ProcessesWith(path)));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static int ProcessesWith(string path) => Directory.EnumerateDirectories("/proc").Count(process =>
    {
        try
        {
            return int.TryParse(Path.GetFileName(process), out _) && File.ReadAllText($"{process}/cmdline").Contains(path, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false; // It ended just now.
        }
    });

    private async Task<string> RefusalAsync(byte[] pdf, Action<PdfReadingOptions>? limits = null) =>
        (await Assert.ThrowsAsync<PdfRefusedException>(() => TextAsync(pdf, limits))).Type;

    private async Task<string> TextAsync(byte[] pdf, Action<PdfReadingOptions>? limits = null)
    {
        var path = Path.Combine(folder, "file.pdf");
        await File.WriteAllBytesAsync(path, pdf, Token);
        return string.Join("\n\n", (await Readers.Create(limits).ReadAsync(path, Token)).Pages.Select(page => page.Text));
    }
}
