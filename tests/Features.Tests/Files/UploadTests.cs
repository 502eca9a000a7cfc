using System.Net;
using Features.Tests.Media;

namespace Features.Tests.Files;

/// <summary>What forms are taken, and what becomes of those that aren't.</summary>
public sealed class UploadTests(MediaServers servers)
{
    private const string Images = "/api/process-image";
    private const string Speech = "/api/pronunciation-assess";
    private const int MiB = 1 << 20;

    // Enough of an image for its kind.
    private static readonly string Png = RawForm.Text([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);

    [Fact]
    public async Task Of_a_client_that_leaves_in_the_midst_nothing_stays()
    {
        await using var host = await servers.StartAsync();
        using (await RawForm.BeginAsync(host, Images, [.. RawForm.Bytes("--cut-here\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n", Png), .. new byte[3 * MiB]]))
        {
            await Eventually.TrueAsync(async () => await host.ScalarAsync<long>("select count(*) from stored_file_part") > 1);
        }

        await Eventually.TrueAsync(async () => await host.FilesAsync() == 0);
        Assert.Equal(0, await host.ScalarAsync<long>("select count(*) from stored_file_part"));
        Assert.Equal(0, await host.ScalarAsync<long>("select count(*) from job"));
    }

    [Fact]
    public async Task Of_a_client_that_leaves_behind_its_file_nothing_stays()
    {
        await using var host = await servers.StartAsync();
        using (await RawForm.BeginAsync(host, Images, RawForm.Bytes(RawForm.File(Png), "--cut-here\r\nContent-Disposition: form-da")))
        {
            await Eventually.TrueAsync(async () => await host.ScalarAsync<long>("select count(length) from stored_file") == 1);
        }

        await Eventually.TrueAsync(async () => await host.FilesAsync() == 0);
        Assert.Equal(0, await host.ScalarAsync<long>("select count(*) from job"));
    }

    [Fact]
    public async Task A_form_that_ends_before_its_end_is_refused()
    {
        await using var host = await servers.StartAsync();

        await RefusedAsync(host, HttpStatusCode.BadRequest, "ends before", RawForm.File(Png));
    }

    [Fact]
    public async Task One_file_is_expected()
    {
        await using var host = await servers.StartAsync();

        await RefusedAsync(host, HttpStatusCode.BadRequest, "the form has more", RawForm.File(Png), RawForm.File(Png), RawForm.End());
        await RefusedAsync(host, HttpStatusCode.BadRequest, "Expected a PNG", RawForm.Field("file", Png), RawForm.End());
        await RefusedAsync(host, HttpStatusCode.BadRequest, "Expected a PNG", RawForm.End());
        await RefusedAsync(host, HttpStatusCode.UnsupportedMediaType, "Expected a PNG", RawForm.File(""), RawForm.End());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fields_may_stand_before_the_file_and_after_it(bool before)
    {
        await using var host = await servers.StartAsync(("Providers:PocketSphinx:Program", "/no/such/program"));
        var (field, file) = (RawForm.Field("referenceText", "Gr\u00C3\u00BC\u00C3\u009F Gott!"), RawForm.File(RawForm.Text(Samples.Tone())));

        using var response = await host.ClientOf("test").PostFormAsync(
            Speech, RawForm.Content(RawForm.Bytes(before ? field : file, before ? file : field, RawForm.End())));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("Grüß Gott!", await host.ScalarAsync<string>("select (args::jsonb)->>'referenceText' from job"));
    }

    [Theory]
    [InlineData("=\"../../etc/passwd\"", "passwd")]
    [InlineData("=\"C:\\\\Windows\\\\a.png\"", "a.png")]
    [InlineData("=\"a.png\"; filename*=UTF-8''b%00%0a%F0%9F%8E%A7.png", "b🎧.png")]
    [InlineData("=\"a.png\"; filename*=UTF-8''%2e%2e%2fc.png", "c.png")]
    [InlineData("=a.png", "a.png")]
    [InlineData("=\"/\"", "")]
    public async Task What_a_file_is_called_is_no_path_and_has_no_control_characters(string given, string name)
    {
        await using var host = await servers.StartAsync(("JobQueues:vision:MaxDepth", "100"));
        await host.Control.PauseAsync("vision", TestContext.Current.CancellationToken);

        using var response = await host.ClientOf("test").PostFormAsync(Images, RawForm.Content(RawForm.Bytes(RawForm.File(Png, given), RawForm.End())));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(name, await host.ScalarAsync<string>("select name from stored_file"));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("😀")]
    public async Task A_long_name_is_cut(string character)
    {
        await using var host = await servers.StartAsync();
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Samples.Text()), "file", string.Concat(Enumerable.Repeat(character, 300)) } };

        using var response = await host.ClientOf("test").PostFormAsync(Images, form);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(255, await host.ScalarAsync<int>("select length(name) from stored_file"));
    }

    [Fact]
    public async Task A_nul_in_a_raw_name_or_in_a_fields_name_harms_nobody()
    {
        await using var host = await servers.StartAsync();

        using var response = await host.ClientOf("test").PostFormAsync(
            Images, RawForm.Content(RawForm.Bytes(RawForm.Field("a\0b", "c\0d"), RawForm.File(Png, "=\"a\0b.png\""), RawForm.End())));

        Assert.True(response.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.BadRequest, response.StatusCode.ToString());
    }

    [Fact]
    public async Task A_file_that_is_full_of_what_looks_like_a_boundary_comes_through_as_it_is()
    {
        await using var host = await servers.StartAsync();
        await host.Control.PauseAsync("vision", TestContext.Current.CancellationToken);
        const string boundary = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab";
        var near = string.Concat(Enumerable.Repeat($"\r\n--{boundary[..^1]}", 30_000));
        var file = RawForm.Bytes(Png, near, "\n--", boundary, "\r--", boundary, "--", boundary);

        using var response = await host.ClientOf("test").PostFormAsync(
            Images,
            RawForm.Content(
                RawForm.Bytes($"--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\n", RawForm.Text(file), $"\r\n--{boundary}--\r\n"), boundary));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var jobId = (await response.ReadAsync()).GetProperty("jobId").GetGuid();
        Assert.Equal(file, (await host.Files.ReadOfJobAsync(jobId, TestContext.Current.CancellationToken)).Bytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(71)]
    [InlineData(20_000)]
    public async Task A_boundary_has_1_to_70_characters(int length)
    {
        await using var host = await servers.StartAsync();
        var boundary = new string('b', length);

        using var response = await host.ClientOf("test").PostFormAsync(
            Images, RawForm.Content(RawForm.Bytes(RawForm.Part("Content-Disposition: form-data; name=\"file\"; filename=\"a.png\"", Png, boundary), RawForm.End(boundary)), boundary));

        Assert.Equal("/problems/unsupported-media-type", await response.ProblemAsync(HttpStatusCode.UnsupportedMediaType));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/json")]
    [InlineData("multipart/mixed; boundary=cut-here")]
    [InlineData(null)]
    public async Task A_form_is_expected(string? type)
    {
        await using var host = await servers.StartAsync();
        using var content = new ByteArrayContent(RawForm.Bytes(RawForm.File(Png), RawForm.End()));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var response = await host.ClientOf("test").PostFormAsync(Images, content);

        Assert.Equal("/problems/unsupported-media-type", await response.ProblemAsync(HttpStatusCode.UnsupportedMediaType));
    }

    [Fact]
    public async Task A_form_has_20_parts_at_most_whatever_they_are_called()
    {
        await using var host = await servers.StartAsync();

        await RefusedAsync(host, HttpStatusCode.BadRequest, "20 at most", [RawForm.File(Png), .. Enumerable.Repeat(RawForm.Field("same", "x"), 20), RawForm.End()]);
        await RefusedAsync(host, HttpStatusCode.BadRequest, "20 at most", [RawForm.File(Png), .. Enumerable.Repeat(RawForm.Part("X-A: b", "x"), 20), RawForm.End()]);
    }

    [Fact]
    public async Task A_field_has_64_KiB_at_most()
    {
        await using var host = await servers.StartAsync();

        await RefusedAsync(host, HttpStatusCode.BadRequest, "64 KiB", RawForm.File(Png), RawForm.Field("a", new string('x', (64 << 10) + 1)), RawForm.End());
    }

    [Theory]
    [InlineData(Images, 20, false)]
    [InlineData(Images, 20, true)]
    [InlineData(Speech, 12, false)]
    [InlineData(Speech, 12, true)]
    public async Task A_file_that_is_too_large_is_refused_with_or_without_a_length(string url, int most, bool chunked)
    {
        await using var host = await servers.StartAsync();
        var file = new byte[(most * MiB) + 1];
        (url == Images ? Samples.Text() : Samples.Tone()).AsSpan(0, 100).CopyTo(file);

        using var form = Uploading.Form(file, ("referenceText", "Good morning."));
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = form };
        request.Headers.TransferEncodingChunked = chunked;
        using var response = await host.ClientOf("test").SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("/problems/payload-too-large", await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge));
        Assert.Contains($"{most} MiB", (await response.ReadAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await host.FilesAsync());
    }

    [Fact]
    public async Task A_request_that_says_that_it_is_far_too_large_is_refused_unread()
    {
        await using var host = await servers.StartAsync();

        using var request = new HttpRequestMessage(HttpMethod.Post, Images) { Content = RawForm.Content(new byte[22 * MiB]) };
        request.Headers.ExpectContinue = true;
        using var response = await host.ClientOf("test").SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("/problems/payload-too-large", await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge));
    }

    [Fact]
    public async Task A_file_may_be_as_large_as_it_may()
    {
        await using var host = await servers.StartAsync();
        var file = new byte[20 * MiB];
        Samples.Text().AsSpan(0, 100).CopyTo(file);

        using var response = await host.ClientOf("test").PostFormAsync(Images, Uploading.Form(file));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(20L * MiB, await host.ScalarAsync<long>("select length from stored_file"));
    }

    private static async Task RefusedAsync(MediaHost host, HttpStatusCode status, string why, params string[] parts)
    {
        using var response = await host.ClientOf("test").PostFormAsync(Images, RawForm.Content(RawForm.Bytes(parts)));
        var problem = await response.ReadAsync();
        Assert.Equal(status, response.StatusCode);
        Assert.Contains(why, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await host.FilesAsync());
    }
}
