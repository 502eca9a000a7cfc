using System.Net;
using System.Net.Http.Headers;

namespace Api.Tests;

/// <summary>Status requests that are held back until there is something to say.</summary>
public sealed class StatusWaitTests(ApiServers servers)
{
    [Fact]
    public async Task A_status_is_held_back_until_the_job_changes()
    {
        await using var api = await servers.StartBothAsync();
        var client = api.ClientOf("test");
        var jobId = await client.PostEchoAsync();
        await Eventually.TrueAsync(async () => await api.Jobs.FindAsync(jobId, ApiRequests.Cancellation) is { Status: "active" });

        var held = client.GetAsync($"/api/job-status/{jobId}?wait=30", ApiRequests.Cancellation);
        api.Gate.Open();

        Assert.Equal("completed", (await (await held).ReadAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task What_is_new_to_the_client_or_final_is_told_at_once()
    {
        await using var api = await servers.StartBothAsync();
        var client = api.ClientOf("test");
        client.Timeout = TimeSpan.FromSeconds(20);
        var jobId = await client.PostEchoAsync();
        await Eventually.TrueAsync(async () => await api.Jobs.FindAsync(jobId, ApiRequests.Cancellation) is { Status: "active" });

        var stale = await GetAsync(client, $"/api/jobs/{jobId}?wait=30", "\"0\"");
        api.Gate.Open();
        await Eventually.TrueAsync(async () => await api.Jobs.FindAsync(jobId, ApiRequests.Cancellation) is { IsFinal: true });
        var final = await client.GetAsync($"/api/jobs/{jobId}?wait=30", ApiRequests.Cancellation);
        var known = await GetAsync(client, $"/api/jobs/{jobId}?wait=30", final.Headers.ETag!.Tag);

        Assert.Equal("active", (await stale.ReadAsync()).GetProperty("status").GetString());
        Assert.Equal("completed", (await final.ReadAsync()).GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
    }

    [Fact]
    public async Task What_does_not_change_in_time_is_not_sent_again()
    {
        await using var api = await servers.StartApiAsync();
        var client = api.ClientOf("test");
        var url = $"/api/job-status/{await client.PostEchoAsync()}";
        var tag = (await client.GetAsync(url, ApiRequests.Cancellation)).Headers.ETag!.Tag;

        var known = await GetAsync(client, $"{url}?wait=1", tag);
        var unknown = await client.GetAsync($"{url}?wait=1", ApiRequests.Cancellation);

        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
        Assert.Equal("waiting", (await unknown.ReadAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_delayed_job_has_another_version_when_its_time_has_come()
    {
        await using var api = await servers.StartApiAsync();
        var client = api.ClientOf("test");
        var url = $"/api/job-status/{await client.PostEchoAsync(query: "?delayMs=500")}";
        var tag = (await client.GetAsync(url, ApiRequests.Cancellation)).Headers.ETag!.Tag;

        await Eventually.TrueAsync(async () => (await GetAsync(client, url, tag)).StatusCode == HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("31")]
    [InlineData("-1")]
    [InlineData("soon")]
    [InlineData("")]
    public async Task A_bad_wait_is_refused_by_its_name(string wait)
    {
        await using var api = await servers.StartApiAsync();
        var client = api.ClientOf("test");

        var response = await client.GetAsync($"/api/job-status/{await client.PostEchoAsync()}?wait={wait}", ApiRequests.Cancellation);

        var problem = await response.ProblemAsync(HttpStatusCode.BadRequest, "/problems/validation");
        Assert.Equal(["wait"], problem.BadFields());
    }

    private static async Task<HttpResponseMessage> GetAsync(HttpClient client, string url, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { IfNoneMatch = { new EntityTagHeaderValue(tag) } } };
        return await client.SendAsync(request, ApiRequests.Cancellation);
    }
}
