using System.Net;
using System.Net.Http.Headers;

namespace Api.Tests;

public sealed class JobStatusTests(ApiServers servers)
{
    [Theory]
    [InlineData("/api/job-status/{0}")]
    [InlineData("/api/jobs/{0}")]
    public async Task The_owner_sees_its_job_with_every_field_of_the_contract(string route)
    {
        await using var api = await servers.StartApiAsync();
        var client = api.ClientOf("test");
        var jobId = await client.PostValidAsync();

        var response = await client.GetAsync(string.Format(route, jobId), ApiRequests.Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
        var status = await response.ReadAsync();
        Assert.Equal(
            "jobId type queue status progress attempt maxAttempts priority createdAt runAt startedAt finishedAt result error usage",
            string.Join(' ', status.EnumerateObject().Select(property => property.Name)));
        Assert.Equal("waiting", status.GetProperty("status").GetString());
        Assert.Equal("generate-flashcards", status.GetProperty("type").GetString());
    }

    [Fact]
    public async Task What_has_not_changed_is_not_sent_again()
    {
        await using var api = await servers.StartApiAsync();
        var client = api.ClientOf("test");
        var url = $"/api/job-status/{await client.PostValidAsync()}";
        var tag = (await client.GetAsync(url, ApiRequests.Cancellation)).Headers.ETag!;

        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { IfNoneMatch = { tag } } };
        var unchanged = await client.SendAsync(request, ApiRequests.Cancellation);
        using var stale = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { IfNoneMatch = { new EntityTagHeaderValue("\"0\"") } } };
        var changed = await client.SendAsync(stale, ApiRequests.Cancellation);

        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Empty(await unchanged.Content.ReadAsByteArrayAsync(ApiRequests.Cancellation));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
    }

    [Fact]
    public async Task Somebody_elses_job_does_not_exist_for_the_caller()
    {
        await using var api = await servers.StartApiAsync();
        var jobId = await api.ClientOf("test").PostValidAsync();

        var response = await api.ClientOf("mallory").GetAsync($"/api/job-status/{jobId}", ApiRequests.Cancellation);

        await response.ProblemAsync(HttpStatusCode.NotFound, "/problems/not-found");
    }

    [Theory]
    [InlineData("11111111-2222-3333-4444-555555555555")]
    [InlineData("not-an-id")]
    public async Task An_unknown_job_is_not_found(string jobId)
    {
        await using var api = await servers.StartApiAsync();

        var response = await api.ClientOf("test").GetAsync($"/api/job-status/{jobId}", ApiRequests.Cancellation);

        await response.ProblemAsync(HttpStatusCode.NotFound, "/problems/not-found");
    }

    [Fact]
    public async Task In_Development_a_reader_without_a_name_sees_every_job()
    {
        await using var api = await servers.StartApiAsync();
        var jobId = await api.ClientOf("test").PostValidAsync();

        var response = await api.ClientOf(null).GetAsync($"/api/job-status/{jobId}", ApiRequests.Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Outside_Development_a_reader_without_a_name_sees_none()
    {
        await using var api = await servers.StartApiAsync(environment: "Production");

        var response = await api.ClientOf("test").GetAsync($"/api/job-status/{Guid.CreateVersion7()}", ApiRequests.Cancellation);

        await response.ProblemAsync(HttpStatusCode.Unauthorized, "/problems/sign-in-required");
    }
}
