using System.Net;

namespace Api.Tests;

public sealed class OperationsTests(ApiServers servers)
{
    [Fact]
    public async Task Statistics_count_the_jobs_by_state()
    {
        await using var api = await servers.StartApiAsync();
        var client = api.ClientOf("test");
        await client.PostValidAsync();
        await client.PostValidAsync();

        var stats = await (await client.GetAsync("/api/queue/stats", ApiRequests.Cancellation)).ReadAsync();

        Assert.Equal("""{"waiting":2,"active":0,"completed":0,"failed":0,"delayed":0}""", stats.GetRawText());
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/api/health")]
    [InlineData("/alive")]
    public async Task Health_is_told(string route)
    {
        await using var api = await servers.StartApiAsync();

        var health = await api.ClientOf(null).GetAsync(route, ApiRequests.Cancellation);

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal("Healthy", (await health.ReadAsync()).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("/api/ai/generate-flashcards", true)]
    [InlineData("/api/jobs/{type}", true)]
    [InlineData("/api/jobs/{type}/batch", false)]
    public async Task OpenAPI_describes_what_may_be_said_of_a_new_job(string path, bool mayWait)
    {
        await using var api = await servers.StartApiAsync();

        var document = await (await api.ClientOf(null).GetAsync("/openapi/v1.json", ApiRequests.Cancellation)).ReadAsync();

        var operation = document.GetProperty("paths").GetProperty(path).GetProperty("post");
        var parameters = operation.GetProperty("parameters").EnumerateArray()
            .Select(parameter => $"{parameter.GetProperty("in").GetString()} {parameter.GetProperty("name").GetString()}");
        Assert.Equal(
            ["header Idempotency-Key", .. mayWait ? (string[])["header Prefer"] : [], "query callbackUrl", "query delayMs", "query expiresAt", "query priority", "query runAt"],
            parameters.Where(parameter => parameter != "path type").Order(StringComparer.Ordinal));
        Assert.Contains("application/json", operation.GetProperty("requestBody").GetProperty("content").ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/jobs/{type}", "anyOf")]
    [InlineData("/api/jobs/{type}/batch", "items")]
    public async Task OpenAPI_describes_the_payloads_of_every_type(string path, string keyword)
    {
        await using var api = await servers.StartApiAsync();

        var document = await (await api.ClientOf(null).GetAsync("/openapi/v1.json", ApiRequests.Cancellation)).ReadAsync();

        var body = document.GetProperty("paths").GetProperty(path).GetProperty("post").GetProperty("requestBody");
        var schema = body.GetProperty("content").GetProperty("application/json").GetProperty("schema");
        Assert.True(schema.TryGetProperty(keyword, out var payloads));
        Assert.Contains("\"subject\"", payloads.ToString(), StringComparison.Ordinal);
    }
}
