using System.Net;

namespace Api.Tests;

/// <summary>Requests that wait for the end of the job they create.</summary>
public sealed class JobWaitTests(ApiServers servers)
{
    private const string Echo = "/api/jobs/echo";
    private const string Body = """{"text":"hello"}""";

    [Theory]
    [InlineData("Prefer: wait=30", "wait=30")]
    [InlineData("Prefer: respond-async, Wait=20; foo=1", "wait=20")]
    [InlineData("Prefer: wait=9000", "wait=30")]
    public async Task A_client_that_waits_gets_the_finished_job(string prefer, string applied)
    {
        await using var api = await servers.StartBothAsync();
        api.Gate.Open();

        var response = await api.ClientOf("test").PostAsync(Echo, Body, prefer);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(applied, response.Headers.GetValues("Preference-Applied").Single());
        var status = await response.ReadAsync();
        Assert.Equal("completed", status.GetProperty("status").GetString());
        Assert.Equal("hello", status.GetProperty("result").GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_job_that_fails_in_time_is_an_answer_too()
    {
        await using var api = await servers.StartBothAsync();
        api.Gate.Open();

        var response = await api.ClientOf("test").PostAsync(Echo, """{"text":"fail"}""", "Prefer: wait=30");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("failed", (await response.ReadAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_client_that_waits_in_vain_gets_a_receipt()
    {
        await using var api = await servers.StartApiAsync(); // Without a worker.

        var response = await api.ClientOf("test").PostAsync(Echo, Body, "Prefer: wait=1");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("wait=1", response.Headers.GetValues("Preference-Applied").Single());
        Assert.Equal("queued", (await response.ReadAsync()).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("Prefer: wait=soon")]
    [InlineData("Prefer: wait=-1")]
    [InlineData("Prefer: respond-async")]
    public async Task A_preference_that_is_not_understood_is_ignored(string prefer)
    {
        await using var api = await servers.StartApiAsync();

        var response = await api.ClientOf("test").PostAsync(Echo, Body, prefer);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.False(response.Headers.Contains("Preference-Applied"));
    }

    [Fact]
    public async Task A_request_that_is_sent_again_may_wait_for_the_first_job()
    {
        await using var api = await servers.StartBothAsync();
        var client = api.ClientOf("test");
        var first = await client.PostAsync(Echo, Body, "Idempotency-Key: k");

        var again = client.PostAsync(Echo, Body, "Idempotency-Key: k", "Prefer: wait=30");
        api.Gate.Open();

        Assert.Equal(HttpStatusCode.OK, (await again).StatusCode);
        Assert.Equal(await first.JobIdAsync(), await (await again).JobIdAsync());
        Assert.Equal("true", (await again).Headers.GetValues("Idempotency-Replayed").Single());
    }

    [Fact]
    public async Task Many_clients_wait_at_once()
    {
        await using var api = await servers.StartBothAsync();
        var client = api.ClientOf("test");

        var waiting = Enumerable.Range(0, 50).Select(_ => client.PostAsync(Echo, Body, "Prefer: wait=30")).ToList();
        await Eventually.TrueAsync(async () => (await api.Jobs.ListAsync(new(), null, 100, ApiRequests.Cancellation)).Count == 50);
        api.Gate.Open(50);

        Assert.All(await Task.WhenAll(waiting), response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
    }
}
