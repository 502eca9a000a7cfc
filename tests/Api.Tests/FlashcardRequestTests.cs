using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace Api.Tests;

public sealed class FlashcardRequestTests(ApiServers servers)
{
    [Fact]
    public async Task A_valid_request_is_accepted_with_a_receipt()
    {
        await using var api = await servers.StartApiAsync();

        var response = await api.ClientOf("test").PostAsJsonAsync(ApiRequests.Flashcards, ApiRequests.Valid, ApiRequests.Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var receipt = await response.ReadAsync();
        var jobId = receipt.GetProperty("jobId").GetGuid();
        Assert.Equal("queued", receipt.GetProperty("status").GetString());
        Assert.Equal($"/api/job-status/{jobId}", receipt.GetProperty("statusUrl").GetString());
        Assert.Equal($"/api/job-status/{jobId}", response.Headers.Location?.ToString());
        Assert.StartsWith($"/api/job-events?jobId={jobId}", receipt.GetProperty("eventsUrl").GetString());
    }

    [Fact]
    public async Task Without_a_user_it_is_refused()
    {
        await using var api = await servers.StartApiAsync();

        var response = await api.ClientOf(null).PostAsJsonAsync(ApiRequests.Flashcards, ApiRequests.Valid, ApiRequests.Cancellation);

        await response.ProblemAsync(HttpStatusCode.Unauthorized, "/problems/sign-in-required");
    }

    [Fact]
    public async Task Outside_Development_the_user_header_names_nobody()
    {
        await using var api = await servers.StartApiAsync(environment: "Production");

        var response = await api.ClientOf("test").PostAsJsonAsync(ApiRequests.Flashcards, ApiRequests.Valid, ApiRequests.Cancellation);

        await response.ProblemAsync(HttpStatusCode.Unauthorized, "/problems/sign-in-required");
    }

    [Fact]
    public async Task Cards_for_somebody_else_are_forbidden()
    {
        await using var api = await servers.StartApiAsync();

        var response = await api.ClientOf("mallory").PostAsJsonAsync(ApiRequests.Flashcards, ApiRequests.Valid, ApiRequests.Cancellation);

        await response.ProblemAsync(HttpStatusCode.Forbidden, "/problems/forbidden");
    }

    [Theory]
    [InlineData("{}", "content subject topic")]
    [InlineData("""{"content":"","subject":"s","topic":"t"}""", "content")]
    [InlineData("""{"content":"  \n ","subject":"s","topic":"t"}""", "content")]
    [InlineData("""{"content":"c","subject":"s","topic":"t","count":0}""", "count")]
    [InlineData("""{"content":"c","subject":"s","topic":"t","count":51}""", "count")]
    [InlineData("""{"content":null,"subject":"","topic":"t","count":-1}""", "content count subject")]
    public async Task Every_bad_field_is_named(string body, string fields)
    {
        await using var api = await servers.StartApiAsync();

        var response = await api.ClientOf("test").PostAsync(ApiRequests.Flashcards, ApiRequests.Json(body), ApiRequests.Cancellation);

        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest, "/problems/validation");
        Assert.Equal(fields, string.Join(' ', problem.BadFields()));
    }

    [Theory]
    [InlineData("""{"content":5,"subject":"s","topic":"t"}""", "content", "a string")]
    [InlineData("""{"content":"c","subject":["s"],"topic":"t"}""", "subject", "a string")]
    [InlineData("""{"content":"c","subject":"s","topic":"t","count":"many"}""", "count", "a whole number")]
    [InlineData("""["content"]""", "body", "an object")]
    [InlineData("""{"content":""", "body", "JSON")]
    public async Task A_field_of_a_wrong_type_is_named_with_what_was_expected(string body, string field, string expected)
    {
        await using var api = await servers.StartApiAsync();

        var response = await api.ClientOf("test").PostAsync(ApiRequests.Flashcards, ApiRequests.Json(body), ApiRequests.Cancellation);

        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest, "/problems/validation");
        Assert.Contains(field, problem.BadFields());
        Assert.Contains(expected, problem.GetProperty("errors").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_fields_of_a_wrong_type_are_named_at_once()
    {
        await using var api = await servers.StartApiAsync();

        var response = await api.ClientOf("test").PostAsync(
            ApiRequests.Flashcards, ApiRequests.Json("""{"content":5,"subject":{},"count":"x"}"""), ApiRequests.Cancellation);

        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest, "/problems/validation");
        Assert.Equal(["content", "count", "subject", "topic"], problem.BadFields());
    }

    [Fact]
    public async Task Content_over_its_length_is_refused_by_name()
    {
        await using var api = await servers.StartApiAsync();
        var body = new { content = new string('a', 100_001), subject = "s", topic = "t" };

        var response = await api.ClientOf("test").PostAsJsonAsync(ApiRequests.Flashcards, body, ApiRequests.Cancellation);

        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest, "/problems/validation");
        Assert.Equal(["content"], problem.BadFields());
    }

    [Fact]
    public async Task A_body_over_a_mebibyte_is_too_large()
    {
        await using var api = await servers.StartApiAsync();
        var body = new { content = new string('a', 1 << 20), subject = "s", topic = "t" };

        var response = await api.ClientOf("test").PostAsJsonAsync(ApiRequests.Flashcards, body, ApiRequests.Cancellation);

        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "/problems/payload-too-large");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Another_content_type_is_unsupported(string contentType)
    {
        await using var api = await servers.StartApiAsync();

        var response = await api.ClientOf("test").PostAsync(
            ApiRequests.Flashcards, new StringContent("content=c", Encoding.UTF8, contentType), ApiRequests.Cancellation);

        await response.ProblemAsync(HttpStatusCode.UnsupportedMediaType, "/problems/unsupported-media-type");
    }
}
