using System.Net;
using System.Net.Sockets;
using Features.Tests.Media;
using Features.Tests.Webhooks;
using Microsoft.AspNetCore.Http;
using Queueing;

namespace Features.Tests.Files;

/// <summary>What clients and jobs are told where S3 is away, slow, cut, or says no.</summary>
public sealed class S3OutageTests(MediaServers servers)
{
    private const string Secret = "s3cr3t-of-the-bucket";
    private const string Url = "/api/process-image";

    [Fact]
    public async Task Where_nobody_listens_nothing_is_accepted_and_the_client_is_told_when_to_come_back()
    {
        await using var host = await StartAsync(FreePort.Next());

        await RefusedAsync(host);
    }

    [Fact]
    public async Task Where_nothing_is_answered_it_is_the_same()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        await using var host = await StartAsync(((IPEndPoint)silent.LocalEndpoint).Port);

        await RefusedAsync(host);
    }

    [Theory]
    [InlineData(500, "")]
    [InlineData(503, "<?xml version=\"1.0\"?><Error><Code>SlowDown</Code></Error>")]
    [InlineData(403, "<?xml version=\"1.0\"?><Error><Code>SignatureDoesNotMatch</Code></Error>")]
    [InlineData(404, "<?xml version=\"1.0\"?><Error><Code>NoSuchBucket</Code></Error>")]
    [InlineData(400, "<html>no")]
    [InlineData(301, "")]
    [InlineData(0, "")]
    public async Task Whatever_it_answers_instead_it_is_the_same(int status, string body)
    {
        await using var s3 = await Receiver.StartAsync();
        s3.Answer = async (_, context) =>
        {
            if (status == 0)
            {
                context.Abort(); // Cut.
                return;
            }

            context.Response.StatusCode = status;
            context.Response.ContentType = "application/xml";
            await context.Response.WriteAsync(body);
        };
        await using var host = await StartAsync(s3.Url.Port);

        await RefusedAsync(host);

        Assert.NotEmpty(s3.Calls);
        Assert.DoesNotContain(s3.Calls, call => string.Join(' ', call.Headers.Values).Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_job_whose_file_cannot_be_reached_waits_and_is_done_when_it_can()
    {
        Samples.SkipWithout("tesseract-ocr and tesseract-ocr-eng", "/usr/bin/tesseract");
        await using var s3 = new S3Server();
        await using var host = await servers.StartAsync(await s3.SettingsAsync());
        await host.Control.PauseAsync("vision", TestContext.Current.CancellationToken);
        using var response = await host.ClientOf("test").PostFormAsync(Url, Uploading.Form(Samples.Text()));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var jobId = (await response.ReadAsync()).GetProperty("jobId").GetGuid();

        await s3.KillAsync();
        await host.Control.ResumeAsync("vision", TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(async () => await host.StatusAsync(jobId) is { Status: JobState.Delayed });
        Assert.Equal("storage-away", await host.ScalarAsync<string>("select snooze_reason from job_ready"));

        await s3.StartAsync();
        await host.MakeDueAsync();
        var status = await host.EndOfAsync(response);
        Assert.Equal((JobState.Completed, 1), (status.Status, status.Attempt));
    }

    [Fact]
    public async Task What_could_not_be_deleted_is_purged_when_it_can_be()
    {
        await using var s3 = new S3Server();
        var settings = await s3.SettingsAsync();
        await using var host = await servers.StartAsync(settings);
        var source = new Source(20 << 20, async position =>
        {
            if (position > 5 << 20 && s3.IsRunning)
            {
                await s3.KillAsync();
            }
        });
        await Assert.ThrowsAsync<Features.Files.StorageAwayException>(() => host.Files.SaveAsync("ann", "", "", source, 50 << 20, TestContext.Current.CancellationToken));
        await host.ExecuteAsync("update stored_file set expires_at = now() - interval '2 hours'");
        await Assert.ThrowsAsync<Features.Files.StorageAwayException>(() => host.Files.DeleteExpiredAsync(100, TestContext.Current.CancellationToken));
        Assert.Equal((1, 1), (await host.FilesAsync(), s3.Objects(settings)));

        await s3.StartAsync();
        await host.Files.DeleteExpiredAsync(100, TestContext.Current.CancellationToken);

        Assert.Equal((0, 0), (await host.FilesAsync(), s3.Objects(settings)));
    }

    private Task<MediaHost> StartAsync(int port) => servers.StartAsync(
        ("Files:Store", "s3"), ("Files:S3:Endpoint", $"127.0.0.1:{port}"), ("Files:S3:Bucket", "files"), ("Files:S3:AccessKey", "id-of-the-key"),
        ("Files:S3:SecretKey", Secret), ("Files:S3:UseTls", "false"), ("Files:S3:Timeout", "00:00:01"));

    private static async Task RefusedAsync(MediaHost host)
    {
        using var response = await host.ClientOf("test").PostFormAsync(Url, Uploading.Form(Samples.Text()));

        Assert.Equal("/problems/storage-away", await response.ProblemAsync(HttpStatusCode.ServiceUnavailable));
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Equal(0, await host.ScalarAsync<long>("select count(*) from job"));
        Assert.Equal(0, await host.ScalarAsync<long>("select count(length) from stored_file"));
        Assert.DoesNotContain(Secret, host.Log, StringComparison.Ordinal);
        Assert.Contains("answered with 503", host.Log, StringComparison.Ordinal);
    }
}
