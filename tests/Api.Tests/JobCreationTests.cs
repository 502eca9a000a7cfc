using System.Net;
using System.Text;

namespace Api.Tests;

public sealed class JobCreationTests(ApiServers servers)
{
    [Fact]
    public async Task A_job_of_any_type_is_accepted_by_its_name()
    {
        await using var api = await servers.StartApiAsync();

        var response = await api.ClientOf("test").PostAsync("/api/jobs/echo", """{"text":"hello","times":2}""");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var receipt = await response.ReadAsync();
        var jobId = receipt.GetProperty("jobId").GetGuid();
        Assert.Equal($"/api/job-status/{jobId}", response.Headers.Location?.ToString());
        Assert.Equal(
            $$"""{"jobId":"{{jobId}}","status":"queued","statusUrl":"/api/job-status/{{jobId}}","eventsUrl":"/api/job-events?jobId={{jobId}}"}""",
            receipt.GetRawText());
        Assert.Equal(("echo", "test"), (await api.Jobs.FindAsync(jobId, ApiRequests.Cancellation)) is { } job ? (job.Type, job.Owner) : default);
    }

    [Theory]
    [InlineData("/api/jobs/nonsense")]
    [InlineData("/api/jobs/nonsense/batch")]
    public async Task An_unknown_type_is_not_found(string url)
    {
        await using var api = await servers.StartApiAsync();

        var response = await api.ClientOf("test").PostAsync(url, "{}");

        await response.ProblemAsync(HttpStatusCode.NotFound, "/problems/not-found");
    }

    [Theory]
    [InlineData("/api/jobs/echo")]
    [InlineData("/api/jobs/echo/batch")]
    public async Task Without_a_user_it_is_refused(string url)
    {
        await using var api = await servers.StartApiAsync();

        var response = await api.ClientOf(null).PostAsync(url, "{}");

        await response.ProblemAsync(HttpStatusCode.Unauthorized, "/problems/sign-in-required");
    }

    [Theory]
    [InlineData("{}", "text")]
    [InlineData("""{"text":"much more than twenty characters","times":6}""", "text times")]
    [InlineData("""{"text":5,"times":"x","parts":{}}""", "parts text times")]
    [InlineData("""{"text":5,"times":0}""", "text times")]
    [InlineData("""{"text":"t","parts":[{"name":"n"},{"name":""}]}""", "parts[1].name")]
    [InlineData("null", "body")]
    [InlineData("[]", "body")]
    [InlineData("""{"text":"t"} {}""", "body")]
    [InlineData("""{"text":""", "body")]
    [InlineData("", "body")]
    public async Task Every_bad_field_is_named(string body, string fields)
    {
        await using var api = await servers.StartApiAsync();

        var response = await api.ClientOf("test").PostAsync("/api/jobs/echo", body);

        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest, "/problems/validation");
        Assert.Equal(fields, string.Join(' ', problem.BadFields()));
    }

    [Theory]
    [InlineData("""{"text":"t","times":"x"}""", "times")]
    [InlineData("""{"content":5,"subject":"s","topic":"t","count":0}""", "content count")]
    public async Task The_answer_to_a_bad_payload_is_that_of_the_features_own_endpoints(string body, string fields)
    {
        await using var api = await servers.StartApiAsync();
        var isCards = body.Contains("content", StringComparison.Ordinal);

        var response = await api.ClientOf("test").PostAsync(isCards ? "/api/jobs/generate-flashcards" : "/api/jobs/echo", body);

        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest, "/problems/validation");
        Assert.Equal(fields, string.Join(' ', problem.BadFields()));
        if (isCards)
        {
            var own = await (await api.ClientOf("test").PostAsync(ApiRequests.Flashcards, body)).ReadAsync();
            Assert.Equal(own.GetProperty("errors").GetRawText(), problem.GetProperty("errors").GetRawText());
            Assert.Equal(own.GetProperty("title").GetString(), problem.GetProperty("title").GetString());
        }
    }

    [Theory]
    [InlineData("/api/jobs/echo", """{"text":"t","userId":"somebody"}""")]
    [InlineData("/api/jobs/echo/batch", """[{"text":"t","userId":"test"},{"text":"t","userId":"somebody"}]""")]
    [InlineData("/api/jobs/generate-flashcards", """{"content":"c","subject":"s","topic":"t","userId":"somebody"}""")]
    public async Task A_payload_that_names_another_user_is_forbidden(string url, string body)
    {
        await using var api = await servers.StartApiAsync();

        var response = await api.ClientOf("test").PostAsync(url, body);

        await response.ProblemAsync(HttpStatusCode.Forbidden, "/problems/forbidden");
        Assert.Empty(await api.Jobs.ListAsync(new(), null, 10, ApiRequests.Cancellation));
    }

    [Fact]
    public async Task Another_content_type_is_unsupported()
    {
        await using var api = await servers.StartApiAsync();

        var response = await api.ClientOf("test").PostAsync(
            "/api/jobs/echo", new StringContent("text=t", Encoding.UTF8, "application/x-www-form-urlencoded"), ApiRequests.Cancellation);

        await response.ProblemAsync(HttpStatusCode.UnsupportedMediaType, "/problems/unsupported-media-type");
    }

    [Theory]
    [InlineData("/api/jobs/echo", "", "")]
    [InlineData("/api/jobs/echo/batch", "[", "]")]
    public async Task A_body_of_almost_a_mebibyte_is_read_and_a_larger_one_is_not(string url, string open, string close)
    {
        await using var api = await servers.StartApiAsync();
        var client = api.ClientOf("test");
        string BodyOf(int bytes) => $$"""{{open}}{"text":"t","ignored":"{{new string('a', bytes)}}"}{{close}}""";

        var fits = await client.PostAsync(url, BodyOf((1 << 20) - 100));

        // Asked first: a server that refuses hangs up, and a client that is still sending may not hear why.
        var tooLarge = await client.PostAsync(url, BodyOf(1 << 20), "Expect: 100-continue");

        Assert.Equal(HttpStatusCode.Accepted, fits.StatusCode);
        await tooLarge.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "/problems/payload-too-large");
    }
}
