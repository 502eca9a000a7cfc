using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Queueing;

namespace Features.Tests.Media;

/// <summary>Jobs and their files: sent again, kept as long as they are needed, and nobody else's.</summary>
public sealed class FileJobTests(MediaServers servers)
{
    private const string Url = "/api/pronunciation-assess";

    private static readonly (string, string)[] Settings = [("Providers:PocketSphinx:Program", "/no/such/program")];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_form_with_the_same_key_gives_the_first_job_back_and_keeps_one_file()
    {
        await using var host = await servers.StartAsync(Settings!);
        await host.Control.PauseAsync("speech", Cancellation);
        var client = host.ClientOf("test");

        using var first = await client.PostFormAsync(Url, Form(Samples.Tone()), "Idempotency-Key: k");
        using var again = await client.PostFormAsync(Url, Form(Samples.Tone()), "Idempotency-Key: k");

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (first.StatusCode, again.StatusCode));
        Assert.Equal(await JobIdAsync(first), await JobIdAsync(again));
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(1, await host.FilesAsync());
    }

    [Theory]
    [InlineData(600, "Good morning.")]
    [InlineData(500, "Good evening.")]
    public async Task Another_form_with_the_same_key_is_refused_and_its_file_not_kept(int milliseconds, string text)
    {
        await using var host = await servers.StartAsync(Settings!);
        await host.Control.PauseAsync("speech", Cancellation);
        var client = host.ClientOf("test");
        using var first = await client.PostFormAsync(Url, Form(Samples.Tone()), "Idempotency-Key: k");

        using var other = await client.PostFormAsync(Url, Uploading.Form(Samples.Tone(milliseconds), ("referenceText", text), ("language", "en-US")), "Idempotency-Key: k");

        Assert.Equal("/problems/idempotency-conflict", await other.ProblemAsync(HttpStatusCode.UnprocessableEntity));
        Assert.Equal(1, await host.FilesAsync());
    }

    [Fact]
    public async Task The_same_key_of_another_caller_is_another_job_with_a_file_of_its_own()
    {
        await using var host = await servers.StartAsync(Settings!);
        await host.Control.PauseAsync("speech", Cancellation);

        using var one = await host.ClientOf("one").PostFormAsync(Url, Form(Samples.Tone()), "Idempotency-Key: k");
        using var two = await host.ClientOf("two").PostFormAsync(Url, Form(Samples.Tone()), "Idempotency-Key: k");

        Assert.NotEqual(await JobIdAsync(one), await JobIdAsync(two));
        Assert.Equal(2, await host.ScalarAsync<long>("select count(distinct owner) from stored_file where job_id is not null"));
    }

    [Fact]
    public async Task A_client_that_waits_gets_the_finished_job()
    {
        await using var host = await servers.StartAsync(Settings!);

        using var response = await host.ClientOf("test").PostFormAsync(Url, Form(Samples.Tone()), "Prefer: wait=30");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("failed", (await response.ReadAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_bad_parameter_is_refused_before_the_file_is_read()
    {
        await using var host = await servers.StartAsync(Settings!);

        using var response = await host.ClientOf("test").PostFormAsync($"{Url}?priority=11", Form(Samples.Tone()));

        Assert.Equal("priority", await response.BadFieldsAsync());
        Assert.Equal(0, await host.FilesAsync());
    }

    [Fact]
    public async Task A_full_queue_refuses_the_job_and_keeps_no_file()
    {
        await using var host = await servers.StartAsync([.. Settings!, ("JobQueues:speech:MaxDepth", "1")]);
        await host.Control.PauseAsync("speech", Cancellation);
        using var first = await host.ClientOf("test").PostFormAsync(Url, Form(Samples.Tone()));
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);

        using var second = await Eventually.NotNullAsync(async () =>
            await host.ClientOf("test").PostFormAsync(Url, Form(Samples.Tone())) is { StatusCode: HttpStatusCode.TooManyRequests } refused ? refused : null);

        Assert.NotNull(second.Headers.RetryAfter);
        Assert.Equal(await host.ScalarAsync<long>("select count(*) from job_ready"), await host.FilesAsync());
    }

    [Fact]
    public async Task A_job_that_has_succeeded_needs_its_file_no_more()
    {
        Samples.SkipWithout("tesseract-ocr and tesseract-ocr-eng", "/usr/bin/tesseract");
        await using var host = await servers.StartAsync();

        using var response = await host.ClientOf("test").PostFormAsync("/api/process-image", Uploading.Form(Samples.Text()));
        Assert.Equal(JobState.Completed, (await host.EndOfAsync(response)).Status);

        await LongAgoAsync(host, "expires_at <= now()");
        await host.Files.DeleteExpiredAsync(100, Cancellation);
        Assert.Equal(0, await host.FilesAsync());
    }

    [Fact]
    public async Task A_job_that_waits_for_days_still_has_its_file()
    {
        await using var host = await servers.StartAsync(Settings!);
        using var response = await host.ClientOf("test").PostFormAsync($"{Url}?delayMs={TimeSpan.FromDays(30).TotalMilliseconds}", Form(Samples.Tone()));
        await LongAgoAsync(host, "true");

        await host.Files.DeleteExpiredAsync(100, Cancellation);

        var (file, bytes) = await host.Files.ReadOfJobAsync(await JobIdAsync(response), Cancellation);
        Assert.Equal(("test", Samples.Tone().Length), (file.Owner, bytes.Length));
        Assert.True(await host.ScalarAsync<bool>("select expires_at > now() from stored_file"));
        await host.Control.CancelAsync(await JobIdAsync(response), Cancellation);
        await LongAgoAsync(host, "true");
        await host.Files.DeleteExpiredAsync(100, Cancellation);
        Assert.Equal(0, await host.FilesAsync());
    }

    [Fact]
    public async Task A_job_that_failed_has_its_file_for_a_day_for_another_try()
    {
        await using var host = await servers.StartAsync(Settings!);
        using var response = await host.ClientOf("test").PostFormAsync(Url, Form(Samples.Tone()));
        Assert.Equal("not-installed", (await host.EndOfAsync(response)).Error?.Type);

        await host.Files.DeleteExpiredAsync(100, Cancellation);

        Assert.NotNull(await host.Files.ReadOfJobAsync(await JobIdAsync(response), Cancellation) is var (file, _) ? file : null);
    }

    [Fact]
    public async Task A_job_whose_file_is_gone_fails_for_good_and_says_so()
    {
        await using var host = await servers.StartAsync(Settings!);
        await host.Control.PauseAsync("speech", Cancellation);
        using var response = await host.ClientOf("test").PostFormAsync(Url, Form(Samples.Tone()));
        await host.ExecuteAsync("delete from stored_file");

        await host.Control.ResumeAsync("speech", Cancellation);

        var status = await host.EndOfAsync(response);
        Assert.Equal((JobState.Failed, "file-gone", 1), (status.Status, status.Error?.Type, status.Attempt));
    }

    [Theory]
    [InlineData("pronunciation-assess")]
    [InlineData("process-image")]
    [InlineData("purge-files")]
    public async Task Such_jobs_are_not_made_by_their_types_name(string type)
    {
        await using var host = await servers.StartAsync(Settings!);

        Assert.True(host.Services.GetRequiredService<JobTypes>().Find(type)!.Options.IsInternal);
    }

    private static Task LongAgoAsync(MediaHost host, string condition) =>
        host.ExecuteAsync($"update stored_file set expires_at = now() - interval '2 hours' where {condition}");

    private static MultipartFormDataContent Form(byte[] file) => Uploading.Form(file, ("referenceText", "Good morning."), ("language", "en-US"));

    private static async Task<Guid> JobIdAsync(HttpResponseMessage response) => (await response.ReadAsync()).GetProperty("jobId").GetGuid();
}
