using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Notifications.Tests;

public sealed class StreamRequestTests(StreamServers servers)
{
    [Fact]
    public async Task A_stream_is_not_to_be_cached_or_buffered_on_its_way()
    {
        await using var host = await servers.StartAsync();
        var jobId = await host.FinishedAsync(steps: 1);

        var response = await host.ClientOf("test").GetAsync($"/api/job-events?jobId={jobId}", TestContext.Current.CancellationToken);

        Assert.Equal("no-cache, no-transform", string.Join(", ", response.Headers.CacheControl!.ToString().Split(", ").Order()));
        Assert.Equal("no", response.Headers.GetValues("X-Accel-Buffering").Single());
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("retry: ", body);
    }

    [Theory]
    [InlineData("?jobId=", "jobId")]
    [InlineData("?jobId=nonsense", "jobId")]
    [InlineData("?jobId=11111111-2222-3333-4444-555555555555&lastEventId=abc", "lastEventId")]
    [InlineData("?jobId=11111111-2222-3333-4444-555555555555&lastEventId=-1", "lastEventId")]
    [InlineData("?jobId=11111111-2222-3333-4444-555555555555&lastEventId=7.0", "lastEventId")]
    [InlineData("?jobId=11111111-2222-3333-4444-555555555555&lastEventId=7.", "lastEventId")]
    [InlineData("?jobId=11111111-2222-3333-4444-555555555555&lastEventId=.3", "lastEventId")]
    public async Task A_bad_query_is_refused_by_name(string query, string field)
    {
        await using var host = await servers.StartAsync();

        var response = await host.ClientOf("test").GetAsync($"/api/job-events{query}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal("/problems/validation", problem.GetProperty("type").GetString());
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Theory]
    [InlineData("mallory")]
    [InlineData("test", false)]
    public async Task An_unknown_job_and_somebody_elses_are_not_found(string user, bool exists = true)
    {
        await using var host = await servers.StartAsync();
        var jobId = exists ? await host.EnqueueAsync(steps: 0, owner: "test") : Guid.CreateVersion7();

        var response = await host.ClientOf(user).GetAsync($"/api/job-events?jobId={jobId}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Outside_Development_a_caller_without_a_name_hears_nothing()
    {
        await using var host = await servers.StartAsync(environment: "Production");
        var jobId = await host.EnqueueAsync(steps: 0);

        var response = await host.ClientOf("test").GetAsync($"/api/job-events?jobId={jobId}", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }
}
