using System.Net;

namespace Api.Tests;

public sealed class RefusalTests(ApiServers servers)
{
    [Theory]
    [InlineData("/api/jobs/tiny", """{"text":"t"}""")]
    [InlineData("/api/jobs/tiny/batch", """[{"text":"t"}]""")]
    public async Task A_full_queue_takes_nothing_and_says_when_to_come_back(string url, string body)
    {
        await using var api = await servers.StartApiAsync();
        var client = api.ClientOf("test");
        Assert.Equal(HttpStatusCode.Accepted, (await client.PostAsync(url, body)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await client.PostAsync(url, body)).StatusCode);

        var response = await client.PostAsync(url, body);

        await response.ProblemAsync(HttpStatusCode.TooManyRequests, "/problems/queue-full");
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(2, (await api.Jobs.ListAsync(new(), null, 10, ApiRequests.Cancellation)).Count);
    }

    [Fact]
    public async Task A_payload_over_its_queues_limit_is_too_large()
    {
        await using var api = await servers.StartApiAsync();

        var response = await api.ClientOf("test").PostAsync("/api/jobs/tiny", $$"""{"text":"{{new string('a', 100)}}"}""");

        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge, "/problems/payload-too-large");
    }
}
