using System.Net;
using System.Text.Json;

namespace Api.Tests;

/// <summary>What headers and query say of a job, wherever one is created.</summary>
public sealed class EnqueueRequestTests(ApiServers servers)
{
    private const string Echo = "/api/jobs/echo";
    private const string Body = """{"text":"hello"}""";

    private static readonly string Cards = JsonSerializer.Serialize(ApiRequests.Valid);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_that_is_sent_again_with_its_key_gives_the_first_job_back(bool feature)
    {
        await using var api = await servers.StartApiAsync();
        var client = api.ClientOf("test");
        var (url, body) = feature ? (ApiRequests.Flashcards, Cards) : (Echo, Body);

        var first = await client.PostAsync(url, body, "Idempotency-Key: \"k 1\"");
        var second = await client.PostAsync(url, body, "Idempotency-Key: k 1");
        var other = await client.PostAsync(url, body, "Idempotency-Key: k 2");

        Assert.Equal(HttpStatusCode.Accepted, second.StatusCode);
        Assert.Equal(await first.JobIdAsync(), await second.JobIdAsync());
        Assert.NotEqual(await first.JobIdAsync(), await other.JobIdAsync());
        Assert.Equal((false, true, false), (IsReplayed(first), IsReplayed(second), IsReplayed(other)));
    }

    [Fact]
    public async Task A_key_belongs_to_one_caller_and_one_type()
    {
        await using var api = await servers.StartApiAsync();
        var first = await api.ClientOf("test").PostAsync(Echo, Body, "Idempotency-Key: k");

        var ofAnotherType = await api.ClientOf("test").PostAsync(ApiRequests.Flashcards, Cards, "Idempotency-Key: k");
        var ofAnotherCaller = await api.ClientOf("somebody").PostAsync(Echo, Body, "Idempotency-Key: k");

        Assert.Equal((false, false), (IsReplayed(ofAnotherType), IsReplayed(ofAnotherCaller)));
        Assert.NotEqual(await first.JobIdAsync(), await ofAnotherCaller.JobIdAsync());
    }

    [Theory]
    [InlineData(Echo, """{"text":"other"}""")]
    [InlineData("/api/jobs/echo/batch", """[{"text":"other"}]""")]
    public async Task A_key_with_another_payload_is_a_conflict(string url, string body)
    {
        await using var api = await servers.StartApiAsync();
        var client = api.ClientOf("test");
        await client.PostAsync(Echo, Body, "Idempotency-Key: k");

        var response = await client.PostAsync(url, body, "Idempotency-Key: k");

        await response.ProblemAsync(HttpStatusCode.UnprocessableEntity, "/problems/idempotency-conflict");
    }

    [Theory]
    [InlineData("priority=0", "priority")]
    [InlineData("priority=11", "priority")]
    [InlineData("priority=high", "priority")]
    [InlineData("priority=3&priority=4", "priority")]
    [InlineData("delayMs=-1", "delayMs")]
    [InlineData("delayMs=1.5", "delayMs")]
    [InlineData("delayMs=99999999999999999999", "delayMs")]
    [InlineData("delayMs=31708800000000", "delayMs")]
    [InlineData("runAt=tomorrow", "runAt")]
    [InlineData("runAt=9999-12-31T23:59:59.9999999Z", "runAt")]
    [InlineData("delayMs=1&runAt=2030-01-01T00:00:00Z", "runAt")]
    [InlineData("expiresAt=5", "expiresAt")]
    [InlineData("callbackUrl=", "callbackUrl")]
    [InlineData("callbackUrl=ftp://localhost/", "callbackUrl")]
    [InlineData("callbackUrl=https://example.com/", "callbackUrl")]
    [InlineData("callbackUrl=http://localhost/&callbackUrl=http://localhost/", "callbackUrl")]
    [InlineData("priority=&delayMs=x&expiresAt=", "delayMs expiresAt priority")]
    public async Task A_bad_parameter_is_refused_by_its_name(string query, string names)
    {
        await using var api = await servers.StartApiAsync();
        var client = api.ClientOf("test");

        foreach (var (url, body) in new[] { (Echo, Body), ("/api/jobs/echo/batch", $"[{Body}]"), (ApiRequests.Flashcards, Cards) })
        {
            var response = await client.PostAsync($"{url}?{query}", body);

            var problem = await response.ProblemAsync(HttpStatusCode.BadRequest, "/problems/validation");
            Assert.Equal(names, string.Join(' ', problem.BadFields()));
        }
    }

    [Fact]
    public async Task A_key_that_is_too_long_or_empty_is_refused_by_its_name()
    {
        await using var api = await servers.StartApiAsync();

        foreach (var key in new[] { new string('k', 256), "", "\"\"" })
        {
            var response = await api.ClientOf("test").PostAsync(Echo, Body, $"Idempotency-Key: {key}");

            var problem = await response.ProblemAsync(HttpStatusCode.BadRequest, "/problems/validation");
            Assert.Equal(["Idempotency-Key"], problem.BadFields());
        }
    }

    [Fact]
    public async Task Priority_and_time_are_the_jobs()
    {
        await using var api = await servers.StartApiAsync();
        var client = api.ClientOf("test");

        var urgent = await client.PostEchoAsync(query: "?priority=9");
        var delayed = await client.PostEchoAsync(query: "?delayMs=3600000");
        var dated = await client.PostEchoAsync(query: "?runAt=2099-01-31T12:00:00%2B02:00");
        var plain = await client.PostEchoAsync();

        Assert.Equal((9, "waiting"), await FindAsync(urgent, status => (status.Priority, status.Status)));
        Assert.Equal((5, "waiting"), await FindAsync(plain, status => (status.Priority, status.Status)));
        Assert.Equal(("delayed", 1), await FindAsync(delayed, status => (status.Status, Math.Round((status.RunAt - status.CreatedAt).TotalHours, 2))));
        Assert.Equal(("delayed", "2099-01-31T10:00:00Z"), await FindAsync(dated, status => (status.Status, $"{status.RunAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ssK}")));

        async Task<T> FindAsync<T>(Guid jobId, Func<Queueing.JobStatus, T> select) => select((await api.Jobs.FindAsync(jobId, ApiRequests.Cancellation))!);
    }

    [Fact]
    public async Task A_job_that_was_not_begun_when_it_expires_fails_as_expired()
    {
        await using var api = await servers.StartBothAsync();

        var jobId = await api.ClientOf("test").PostEchoAsync(query: "?expiresAt=2020-01-01T00:00:00Z");

        var status = await Eventually.NotNullAsync(async () =>
            await api.Jobs.FindAsync(jobId, ApiRequests.Cancellation) is { IsFinal: true } ended ? ended : null);
        Assert.Equal(("failed", "expired"), (status.Status, status.Error!.Type));
    }

    private static bool IsReplayed(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Idempotency-Replayed", out var values) && values.Single() == "true";
}
