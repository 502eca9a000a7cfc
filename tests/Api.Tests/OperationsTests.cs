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

    [Fact]
    public async Task The_contract_is_described_in_OpenAPI()
    {
        await using var api = await servers.StartApiAsync();

        var document = await (await api.ClientOf(null).GetAsync("/openapi/v1.json", ApiRequests.Cancellation)).ReadAsync();

        Assert.True(document.GetProperty("paths").TryGetProperty("/api/ai/generate-flashcards", out _));
    }
}
